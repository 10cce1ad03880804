package io.github.cftracker.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

import io.github.cftracker.InvalidationRequest;
import io.github.cftracker.PathLifetime;
import io.github.cftracker.Run;
import io.github.cftracker.Run.Batch;
import io.github.cftracker.Run.BatchState;
import io.github.cftracker.Run.State;
import io.github.cftracker.Trigger;
import io.github.cftracker.run.Lease;
import io.github.cftracker.run.LeaseLostException;
import io.github.cftracker.run.Step;
import io.github.cftracker.testing.Claims;
import io.github.cftracker.testing.RedisLedgers;
import io.github.cftracker.testing.RedisStores;
import io.github.cftracker.testing.RedisTemplates;
import io.github.cftracker.testing.TestFailover;
import io.github.cftracker.testing.TestLink;
import io.lettuce.core.RedisURI;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

/**
 * Step by step, what a failover may hide from the node that has requested or carried on a
 * run.
 */
@Tag("full")
class RunReplayLogTests {

	private final TestFailover failover = new TestFailover();

	private final TestLink link = TestLink.to(this.failover.master());

	private final RedisKeys keys = new RedisKeys("test", UUID.randomUUID().toString());

	private final TrackerRedisConnection redis = TrackerRedisConnection.to(RedisURI.create(this.link.url()),
			Duration.ofSeconds(2));

	private final RedisUrlStore store = RedisStores.create(this.redis, this.keys);

	@AfterEach
	void close() {
		this.redis.destroy();
		this.link.close();
		this.failover.close();
	}

	@Test
	void aBatchIsNotSafeBecauseTheConnectionToTheSameMasterIsNew() {
		RedisRunLedger ledger = ledger(1);
		Lease lease = ledger.acquire();
		Run run = started(ledger, lease);
		track("/a");
		Claims.claim(lease, run);
		this.failover.awaitReplication();
		this.failover.replica().pause();
		try {
			Batch batch = freezeAndAttempt(lease, run, "/a");
			assertThat(lease.isSafe(with(run, batch), batch)).isFalse();
			// The same master, a new connection
			this.link.lead(this.failover.master());
			boolean safe = Awaitility.await()
				.ignoreExceptions()
				.until(() -> List.of(lease.isSafe(with(run, batch), batch)), (answer) -> true)
				.get(0);
			assertThat(safe).isFalse();
		}
		finally {
			this.failover.replica().resume();
		}
	}

	@Test
	void aTokenIsNeverGivenTwice() {
		RedisRunLedger ledger = ledger(0);
		this.failover.awaitReplication();
		this.failover.cutReplication();
		Lease old = ledger.acquire();
		Run run = started(ledger, old);
		old.renew();
		this.failover.failOver(this.link);
		Lease current = Awaitility.await().ignoreExceptions().until(ledger::acquire, (lease) -> lease != null);
		for (int i = 0; i < 5; i++) {
			current.renew();
		}
		// Such as the thread that asks CloudFront, which was in a call all the time
		assertThatExceptionOfType(LeaseLostException.class).isThrownBy(() -> old.apply(new Step.Save(run, List.of())));
	}

	@Test
	void whatMayBeBilledAgainIsCountedAlsoIfTheRunGoesOnBeforeAnybodyLooks() {
		RedisRunLedger ledger = ledger(0);
		track("/a", "/b", "/c");
		Run run = ledger.request(UUID.randomUUID().toString(), InvalidationRequest.ofEverything()).orElseThrow();
		Lease old = claimUnreplicated(ledger, run);
		Batch sent = freezeAndAttempt(old, run, "/a", "/b", "/c");
		assertThat(old.isSafe(with(run, sent), sent)).isTrue();
		// CloudFront accepts it, and the master dies before that is written
		this.failover.failOver(this.link);
		Lease lease = Awaitility.await().ignoreExceptions().until(ledger::acquire, (found) -> found != null);
		Run again = Objects.requireNonNull(lease.next().run());
		assertThat(again.id()).isEqualTo(run.id());
		lease.apply(new Step.Start(as(again, State.SENDING)));
		assertThat(Claims.claim(lease, again).size()).isEqualTo(3);
		Batch second = freezeAndAttempt(lease, again, "/a", "/b", "/c");
		assertThat(lease.isSafe(with(again, second), second)).isTrue();
		assertThat(second.callerReference()).isNotEqualTo(sent.callerReference());
		Batch accepted = accepted(second, BatchState.IN_PROGRESS);
		lease.apply(new Step.Accept(with(again, accepted), accepted, List.of()));
		ledger.restoreForgotten();
		ledger.restoreForgotten();
		assertThat(ledger.find(run.id()).orElseThrow().possiblyBilledTwice()).isEqualTo(3);
	}

	@Test
	void aForgottenRequestIsNotHiddenByANewerOne() {
		RedisRunLedger ledger = ledger(0);
		ledger.request("first", InvalidationRequest.ofPaths("/first"));
		this.failover.awaitReplication();
		this.failover.cutReplication();
		// As if the master had died between the request and its note
		RedisRunLedger other = ledger(0);
		ledger.recent().remember(other.request("lost", InvalidationRequest.ofPaths("/lost")).orElseThrow());
		this.failover.failOver(this.link);
		Awaitility.await().ignoreExceptions().until(() -> ledger.status().hasWork() || true);
		ledger.request("newer", InvalidationRequest.ofPaths("/newer"));
		ledger.restoreForgotten();
		assertThat(ledger.find("lost")).isPresent();
	}

	@Test
	void whatWasMergedIntoARunIsRequestedAgainIfThatIsForgotten() {
		RedisRunLedger ledger = ledger(0);
		Run run = commit(ledger, "/kept");
		this.failover.awaitReplication();
		this.failover.cutReplication();
		assertThat(commit(ledger, "/lost").id()).isEqualTo(run.id());
		this.failover.failOver(this.link);
		Awaitility.await().ignoreExceptions().until(() -> ledger.status().hasWork() || true);
		ledger.restoreForgotten();
		ledger.restoreForgotten();
		assertThat(ledger.list(0).unfinished()).hasSize(2)
			.anySatisfy((again) -> assertThat(again.selection().paths()).containsExactly("/kept", "/lost"));
	}

	@Test
	void whatWasMergedAndNotNotedIsRequestedAgain() {
		RedisRunLedger ledger = ledger(0);
		Run run = commit(ledger, "/kept");
		this.failover.awaitReplication();
		this.failover.cutReplication();
		// As if the master had died between the request and its note
		RedisRunLedger other = ledger(0);
		Run merged = commit(other, "/lost");
		assertThat(merged.id()).isEqualTo(run.id());
		ledger.recent().requested(merged, RunCodec.REQUESTS + "node", "1");
		this.failover.failOver(this.link);
		Awaitility.await().ignoreExceptions().until(() -> ledger.status().hasWork() || true);
		ledger.restoreForgotten();
		assertThat(ledger.list(0).unfinished())
			.anySatisfy((again) -> assertThat(again.selection().paths()).containsExactly("/kept", "/lost"));
	}

	@Test
	void anEmptyRunThatIsNotListedIsNotRestored() {
		RedisRunLedger ledger = ledger(0);
		this.failover.awaitReplication();
		this.failover.cutReplication();
		Run run = commit(ledger, "/a");
		Lease lease = ledger.acquire();
		lease.apply(new Step.Start(as(run, State.SENDING)));
		lease.apply(new Step.Finish(as(run, State.EMPTY)));
		assertThat(ledger.list(Integer.MAX_VALUE).runs()).isEmpty();
		this.failover.failOver(this.link);
		Awaitility.await().ignoreExceptions().until(() -> ledger.status().hasWork() || true);
		ledger.restoreForgotten();
		assertThat(ledger.list(Integer.MAX_VALUE).runs()).isEmpty();
		assertThat(ledger.status().hasWork()).isFalse();
	}

	private static Run commit(RedisRunLedger ledger, String path) {
		return ledger
			.request(UUID.randomUUID().toString(), InvalidationRequest.ofPaths(path).withTrigger(Trigger.COMMIT))
			.orElseThrow();
	}

	@Test
	void aBatchThatWaitedForReplicasIsNotCountedAsBilled() {
		RedisRunLedger ledger = ledger(1);
		track("/a", "/b", "/c");
		Run run = ledger.request(UUID.randomUUID().toString(), InvalidationRequest.ofEverything()).orElseThrow();
		Lease old = claimUnreplicated(ledger, run);
		Batch frozen = freezeAndAttempt(old, run, "/a", "/b", "/c");
		assertThat(old.isSafe(with(run, frozen), frozen)).isFalse();
		// So it was never sent
		this.failover.failOver(this.link);
		Awaitility.await().ignoreExceptions().until(() -> {
			ledger.restoreForgotten();
			return true;
		});
		assertThat(ledger.find(run.id()).orElseThrow().possiblyBilledTwice()).isZero();
	}

	@Test
	void aRunOfManyBatchesIsWrittenDownAgain() {
		RedisRunLedger ledger = ledger(0);
		Lease lease = ledger.acquire();
		Run run = started(ledger, lease);
		List<Batch> batches = new ArrayList<>();
		for (int i = 0; i < 5000; i++) {
			batches.add(Batch.unsent("cf-tracker-" + run.id() + "-12345678-" + i, 1, 0)
				.withInvalidationId("I" + i)
				.withState(BatchState.COMPLETED)
				.withAttempts(1, 0));
		}
		for (int i = 0; i < 5000; i += 1000) {
			lease.apply(new Step.Save(with(run, batches.toArray(Batch[]::new)), batches.subList(i, i + 1000)));
		}
		lease.apply(new Step.Finish(run.withState(State.COMPLETED).withCounts(5000L, 5000L, 0L).withBatches(batches)));
		// A restart without persistence
		this.failover.master().kill();
		this.failover.master().restart();
		this.link.lead(this.failover.master());
		Awaitility.await().ignoreExceptions().until(() -> !ledger.status().hasWork());
		ledger.restoreForgotten();
		assertThat(ledger.find(run.id())).isPresent();
	}

	@Test
	void aRunThatWasRestoredMayBeForgottenOnceMore() {
		RedisRunLedger ledger = ledger(0);
		this.failover.awaitReplication();
		this.failover.cutReplication();
		Run run = ledger.request(UUID.randomUUID().toString(), InvalidationRequest.ofEverything()).orElseThrow();
		this.failover.failOver(this.link);
		awaitRestored(ledger, run);
		// And the successor comes back empty
		this.failover.replica().kill();
		this.failover.replica().restart();
		this.failover.promote();
		this.link.lead(this.failover.replica());
		awaitRestored(ledger, run);
	}

	@Test
	void whatBeganAfterTheAcceptanceOfARestoredRunIsNotLate() {
		RedisRunLedger ledger = ledger(0);
		track("/a");
		this.failover.awaitReplication();
		this.failover.cutReplication();
		Run run = ledger.request(UUID.randomUUID().toString(), InvalidationRequest.ofEverything()).orElseThrow();
		Lease lease = ledger.acquire();
		lease.apply(new Step.Start(as(run, State.SENDING)));
		Claims.claim(lease, run);
		Batch batch = freezeAndAttempt(lease, run, "/a");
		Batch accepted = accepted(batch, BatchState.COMPLETED);
		lease.apply(new Step.Accept(with(run, accepted), accepted, List.of()));
		double acceptedAt = acceptedAt(run);
		// CloudFront takes its time
		Awaitility.await().pollDelay(Duration.ofMillis(1500)).until(() -> true);
		lease.apply(
				new Step.Finish(run.withState(State.COMPLETED).withCounts(1L, 1L, 0L).withBatches(List.of(accepted))));
		this.failover.failOver(this.link);
		awaitRestored(ledger, run);
		assertThat(acceptedAt(run)).isCloseTo(acceptedAt, within(1000.0));
	}

	private double acceptedAt(Run run) {
		return RedisTemplates.on(this.link.port(),
				(template) -> template.opsForZSet().score(this.keys.accepted(), run.id()));
	}

	private static void awaitRestored(RedisRunLedger ledger, Run run) {
		Awaitility.await().ignoreExceptions().until(() -> {
			ledger.restoreForgotten();
			return ledger.find(run.id()).isPresent();
		});
		ledger.restoreForgotten();
	}

	private Lease claimUnreplicated(RedisRunLedger ledger, Run run) {
		this.failover.awaitReplication();
		this.failover.cutReplication();
		Lease lease = ledger.acquire();
		lease.apply(new Step.Start(as(run, State.SENDING)));
		Claims.claim(lease, run);
		return lease;
	}

	private RedisRunLedger ledger(int waitReplicas) {
		return RedisLedgers.create(this.redis, this.keys, Duration.ofSeconds(30), Duration.ofMinutes(10), 50,
				waitReplicas);
	}

	private static Run started(RedisRunLedger ledger, Lease lease) {
		Run run = ledger.request(UUID.randomUUID().toString(), InvalidationRequest.ofEverything()).orElseThrow();
		lease.apply(new Step.Start(as(run, State.SENDING)));
		return run;
	}

	private static Run as(Run run, State state) {
		return run.withState(state);
	}

	private static Batch freezeAndAttempt(Lease lease, Run run, String... items) {
		String reference = "cf-tracker-" + run.id() + "-" + lease.items(run).claimName(false) + "-1";
		Batch frozen = Batch.unsent(reference, items.length, 0);
		lease.apply(new Step.Freeze(with(run, frozen), frozen, List.of(items), false));
		Batch attempted = frozen.withAttempts(1, 1);
		lease.apply(new Step.Save(with(run, attempted), List.of(attempted)));
		return attempted;
	}

	private static Run with(Run run, Batch... batches) {
		return run.withState(State.SENDING).withCounts(3L, 3L, 0L).withBatches(List.of(batches));
	}

	private static Batch accepted(Batch batch, BatchState state) {
		return batch.withInvalidationId("I1").withState(state).withAttempts(1, 0);
	}

	private void track(String... paths) {
		this.store.track(List.of(paths).stream().map((path) -> new PathLifetime(path, Duration.ofHours(1))).toList());
	}

}
