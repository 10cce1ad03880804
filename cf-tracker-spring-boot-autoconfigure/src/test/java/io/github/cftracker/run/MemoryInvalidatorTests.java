package io.github.cftracker.run;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.cftracker.InvalidationRequest;
import io.github.cftracker.PathPatterns;
import io.github.cftracker.Run;
import io.github.cftracker.Run.State;
import io.github.cftracker.RunHandle;
import io.github.cftracker.StoreUnavailableException;
import io.github.cftracker.Trigger;
import io.github.cftracker.UrlStore;
import io.github.cftracker.memory.MemoryRunLedger;
import io.github.cftracker.memory.MemoryUrlStore;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.system.CapturedOutput;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class MemoryInvalidatorTests extends InvalidatorContractTests {

	private static final Duration FRESH_WINDOW = Duration.ofMinutes(10);

	@Override
	UrlStore createStore() {
		return new MemoryUrlStore(Clock.systemUTC());
	}

	@Override
	RunLedger createLedger(RunSettings settings) {
		return ledger(this.store);
	}

	private static RunLedger ledger(UrlStore store) {
		return new MemoryRunLedger(store, 50, FRESH_WINDOW, PathPatterns.UNKNOWN, Clock.systemUTC());
	}

	private UrlStore counting(CountDownLatch renewed) {
		return new OwnStore(this.store).before((method) -> {
			if (method.equals("renew")) {
				renewed.countDown();
			}
		});
	}

	@Test
	void failsAtOnceWhenStoreIsUnavailable() {
		QueuedInvalidator storeless = start(SETTINGS, () -> {
		}, ledger(new OwnStore().before((method) -> {
			if (method.equals("count")) {
				throw new StoreUnavailableException("Gone", new IllegalStateException());
			}
		})));
		assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(storeless::invalidateAll);
	}

	@Test
	void renewsItsClaimWhileCloudFrontIsSlow() throws InterruptedException {
		CountDownLatch renewed = new CountDownLatch(2);
		QueuedInvalidator slow = start(settings(1000, Duration.ofMillis(300), Duration.ofHours(6)), () -> {
		}, ledger(counting(renewed)));
		track(List.of("/a"));
		this.client.hold();
		slow.invalidateAll();
		assertThat(renewed.await(20, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void renewsItsClaimWhileAnEarlierRunIsWatched() throws InterruptedException {
		CountDownLatch renewed = new CountDownLatch(2);
		QueuedInvalidator slow = start(settings(1000, Duration.ofMillis(300), Duration.ofHours(6)), () -> {
		}, ledger(counting(renewed)));
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
	void stoppingEndsRunsThatWereNotStartedAndNamesThem(CapturedOutput output) {
		RunHandle handle = this.invalidator
			.invalidate(InvalidationRequest.ofPaths("/gathered").withTrigger(Trigger.COMMIT));
		this.invalidator.stop();
		assertThat(this.invalidator.find(handle.id())).hasValueSatisfying((run) -> {
			assertThat(run.state()).isEqualTo(State.FAILED);
			assertThat(run.error()).contains("stopped before the run was started");
		});
		assertThat(output).contains("Invalidate these manually: paths [/gathered]");
		this.invalidator.start();
		assertThat(this.invalidator.invalidateAll().completion().join().state()).isEqualTo(State.EMPTY);
		assertThat(sent()).isEmpty();
	}

	@Test
	void pathThatIsForgottenLateIsNotBilledAgain() {
		AtomicInteger failures = new AtomicInteger(2);
		QueuedInvalidator flaky = start(SETTINGS, () -> {
		}, ledger(new OwnStore(this.store).before((method) -> {
			if (method.equals("forget") && failures.getAndDecrement() > 0) {
				throw new StoreUnavailableException("Not now", new IllegalStateException());
			}
		})));
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

}
