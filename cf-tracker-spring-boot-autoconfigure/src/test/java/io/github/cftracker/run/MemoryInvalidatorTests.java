package io.github.cftracker.run;

import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import io.github.cftracker.Claim;
import io.github.cftracker.PathLifetime;
import io.github.cftracker.Run;
import io.github.cftracker.Run.State;
import io.github.cftracker.RunHandle;
import io.github.cftracker.Selection;
import io.github.cftracker.StoreUnavailableException;
import io.github.cftracker.TrackedPath;
import io.github.cftracker.UrlStore;
import io.github.cftracker.memory.MemoryRunLedger;
import io.github.cftracker.memory.MemoryUrlStore;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class MemoryInvalidatorTests extends InvalidatorContractTests {

	private static final Duration FRESH_WINDOW = Duration.ofMinutes(10);

	@Override
	UrlStore createStore() {
		return new MemoryUrlStore(Clock.systemUTC());
	}

	@Override
	RunLedger createLedger(InvalidationSettings settings) {
		return ledger(this.store);
	}

	private static RunLedger ledger(UrlStore store) {
		return new MemoryRunLedger(store, 50, FRESH_WINDOW, Clock.systemUTC());
	}

	@Test
	void failsAtOnceWhenTheStoreIsGone() {
		QueuedInvalidator storeless = start(SETTINGS, () -> {
		}, ledger(new UnavailableStore()));
		assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(storeless::invalidateAll);
	}

	@Test
	void renewsItsClaimWhileCloudFrontIsSlow() throws InterruptedException {
		CountDownLatch renewed = new CountDownLatch(2);
		QueuedInvalidator slow = start(settings(1000, Duration.ofMillis(300), Duration.ofHours(6)), () -> {
		}, ledger(new DelegatingStore(this.store, renewed)));
		track(List.of("/a"));
		this.client.hold();
		slow.invalidateAll();
		assertThat(renewed.await(20, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void renewsItsClaimWhileAnEarlierRunIsWatched() throws InterruptedException {
		CountDownLatch renewed = new CountDownLatch(2);
		QueuedInvalidator slow = start(settings(1000, Duration.ofMillis(300), Duration.ofHours(6)), () -> {
		}, ledger(new DelegatingStore(this.store, renewed)));
		track(List.of("/a"));
		this.client.holdQuestions();
		slow.invalidateAll();
		assertThat(this.client.questionHeld.await(20, TimeUnit.SECONDS)).isTrue();
		track(List.of("/b"));
		this.client.hold();
		slow.invalidateAll();
		assertThat(renewed.await(20, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void doesNotPayAgainWhenAPathIsNotForgottenAtOnce() {
		QueuedInvalidator flaky = start(SETTINGS, () -> {
		}, ledger(new DelegatingStore(this.store, new CountDownLatch(0), 2)));
		track(List.of("/a", "/b"));
		Run run = flaky.invalidateAll().completion().join();
		assertThat(run.state()).isEqualTo(State.COMPLETED);
		assertThat(this.store.count()).isZero();
		assertThat(this.cloudFront.billedItems()).isEqualTo(2);
	}

	@Test
	void stoppingEndsTheBatchAndKeepsTheRest() throws InterruptedException {
		track(paths(2500));
		this.client.hold();
		RunHandle handle = this.invalidator.invalidateAll();
		this.client.awaitHeld();
		Thread stop = new Thread(this.invalidator::stop);
		stop.start();
		Awaitility.await().until(() -> stop.getState() == Thread.State.TIMED_WAITING);
		this.client.release();
		stop.join();
		assertThat(this.store.count()).isEqualTo(1500);
		assertThat(this.invalidator.find(handle.id())).hasValueSatisfying((run) -> {
			assertThat(run.error()).contains("stopped");
			assertThat(run.items()).isEqualTo(1000);
		});
		assertThat(handle.completion()).isCompletedExceptionally();
		assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(this.invalidator::invalidateAll);
	}

	private static class DelegatingStore implements UrlStore {

		private final UrlStore delegate;

		private final CountDownLatch renewed;

		private int failuresToForget;

		DelegatingStore(UrlStore delegate, CountDownLatch renewed) {
			this(delegate, renewed, 0);
		}

		DelegatingStore(UrlStore delegate, CountDownLatch renewed, int failuresToForget) {
			this.delegate = delegate;
			this.renewed = renewed;
			this.failuresToForget = failuresToForget;
		}

		@Override
		public void track(Collection<PathLifetime> paths) {
			this.delegate.track(paths);
		}

		@Override
		public void expire(Collection<PathLifetime> paths) {
			this.delegate.expire(paths);
		}

		@Override
		public void untrack(Collection<String> paths) {
			this.delegate.untrack(paths);
		}

		@Override
		public long count() {
			return this.delegate.count();
		}

		@Override
		public List<TrackedPath> scan(String prefix, int limit) {
			return this.delegate.scan(prefix, limit);
		}

		@Override
		public Claim claim(String id, Selection selection) {
			Claim claim = this.delegate.claim(id, selection);
			return new Claim() {

				@Override
				public long size() {
					return claim.size();
				}

				@Override
				public List<String> next(int max) {
					return claim.next(max);
				}

				@Override
				public void forget(Collection<String> paths) {
					if (DelegatingStore.this.failuresToForget-- > 0) {
						throw new StoreUnavailableException("Not now", new IllegalStateException());
					}
					claim.forget(paths);
				}

				@Override
				public void giveBack(Collection<String> paths) {
					claim.giveBack(paths);
				}

				@Override
				public void renew() {
					DelegatingStore.this.renewed.countDown();
				}

				@Override
				public void close() {
					claim.close();
				}

			};
		}

	}

	private static final class UnavailableStore extends DelegatingStore {

		private UnavailableStore() {
			super(new MemoryUrlStore(Clock.systemUTC()), new CountDownLatch(0));
		}

		@Override
		public long count() {
			throw new StoreUnavailableException("Gone", new IllegalStateException());
		}

	}

}
