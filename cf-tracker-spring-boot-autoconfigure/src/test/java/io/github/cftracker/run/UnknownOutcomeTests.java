package io.github.cftracker.run;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.cftracker.InvalidationRequest;
import io.github.cftracker.PathLifetime;
import io.github.cftracker.PathPatterns;
import io.github.cftracker.Run;
import io.github.cftracker.Run.BatchState;
import io.github.cftracker.Run.State;
import io.github.cftracker.RunHandle;
import io.github.cftracker.StoreUnavailableException;
import io.github.cftracker.cloudfront.CloudFrontConnection;
import io.github.cftracker.cloudfront.SdkInvalidationClient;
import io.github.cftracker.memory.MemoryRunLedger;
import io.github.cftracker.test.Fault;
import io.github.cftracker.test.LocalCloudFront;
import io.github.cftracker.testing.CloudFrontClients;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudfront.CloudFrontClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Steps that may or may not have happened, and stores that lose data.
 */
class UnknownOutcomeTests extends ScriptedNodes {

	@Test
	void refusalAfterLostAnswerIsNotBilledTwice() throws Exception {
		try (LocalCloudFront cloudFront = LocalCloudFront.builder().completesAfter(Duration.ZERO).start();
				CloudFrontClient sdk = CloudFrontClients.of(cloudFront)) {
			QueuedInvalidator node = start(ledger(),
					new SdkInvalidationClient(CloudFrontConnection.using(() -> sdk, "test"),
							cloudFront.distributionId()),
					1000, Duration.ofHours(6));
			track("/a");
			cloudFront.fail(1, Fault.DROP_AFTER_ACCEPTING);
			cloudFront.fail(1, Fault.ACCESS_DENIED);
			Run failed = node.invalidateAll().completion().get(30, TimeUnit.SECONDS);
			assertThat(failed.state()).isEqualTo(State.FAILED);
			assertThat(node.invalidateAll().completion().get(30, TimeUnit.SECONDS).state()).isEqualTo(State.EMPTY);
			assertThat(node.find(failed.id()).orElseThrow().items()).isEqualTo(1);
			assertThat(cloudFront.billedItems()).isEqualTo(1);
		}
	}

	@Test
	void clientFailureAfterAcceptanceIsNotBilledTwice() throws Exception {
		AtomicBoolean shut = new AtomicBoolean(true);
		this.client.after = (reference) -> {
			if (shut.getAndSet(false)) {
				throw new IllegalStateException("Connection pool shut down");
			}
		};
		QueuedInvalidator node = start(ledger(), 1000);
		track("/a");
		Run failed = node.invalidateAll().completion().get(30, TimeUnit.SECONDS);
		assertThat(failed.error()).isEqualTo("Connection pool shut down");
		node.invalidateAll().completion().get(30, TimeUnit.SECONDS);
		assertThat(this.client.billed).hasSize(1);
	}

	@Test
	@Tag("full")
	void customStoreKeepsBatchOfUnknownOutcome() throws Exception {
		AtomicBoolean lose = new AtomicBoolean(true);
		this.client.after = (reference) -> {
			if (lose.get()) {
				throw new InvalidationException("reset", InvalidationException.Kind.TEMPORARY, new IOException());
			}
		};
		RunLedger memory = new MemoryRunLedger(this.store, 50, Duration.ofMinutes(10), PathPatterns.UNKNOWN,
				Clock.systemUTC());
		QueuedInvalidator node = start(memory, this.client, 1000, Duration.ofSeconds(2));
		track("/a");
		Run failed = node.invalidateAll().completion().get(30, TimeUnit.SECONDS);
		assertThat(failed.state()).isEqualTo(State.FAILED);
		lose.set(false);
		// Claims of this store expire with the lease, unless they are renewed
		Awaitility.await().during(LEASE.multipliedBy(2)).until(() -> {
			this.store.removeExpired();
			return this.store.count() == 0;
		});
		node.invalidateAll().completion().get(30, TimeUnit.SECONDS);
		assertThat(this.client.billed).containsExactly("/a");
	}

	@Test
	void doesNotClaimAgainAfterFailedEndOfClaim() throws Exception {
		AtomicBoolean fail = new AtomicBoolean(true);
		OwnStore own = new OwnStore();
		own.before = (method) -> {
			if (method.equals("close") && fail.getAndSet(false)) {
				own.track(List.of(new PathLifetime("/new", Duration.ofHours(1))));
				throw new StoreUnavailableException("away", new IOException());
			}
		};
		own.track(List.of(new PathLifetime("/a", Duration.ofHours(1))));
		QueuedInvalidator node = start(
				new MemoryRunLedger(own, 50, Duration.ofMinutes(10), PathPatterns.UNKNOWN, Clock.systemUTC()), 1000);
		node.invalidateAll().completion().get(20, TimeUnit.SECONDS);
		assertThat(this.client.billed).containsExactly("/a");
		assertThat(own.count()).isEqualTo(1);
	}

	@Test
	void brokenClaimDoesNotHoldUpOthers() throws Exception {
		OwnStore own = new OwnStore();
		own.track(List.of(new PathLifetime("/a", Duration.ofHours(1))));
		AtomicInteger claims = new AtomicInteger();
		own.before = (method) -> {
			if (method.equals("claim")) {
				claims.incrementAndGet();
			}
			else if (claims.get() == 1 && (method.equals("next") || method.equals("close"))) {
				throw new IllegalStateException("The claim is gone");
			}
		};
		QueuedInvalidator node = start(
				new MemoryRunLedger(own, 50, Duration.ofMinutes(10), PathPatterns.UNKNOWN, Clock.systemUTC()), 1000);
		Run broken = node.invalidateAll().completion().get(20, TimeUnit.SECONDS);
		assertThat(broken.state()).isEqualTo(State.FAILED);
		assertThat(broken.error()).isEqualTo("The claim is gone");
		node.invalidate(InvalidationRequest.ofPaths("/x")).completion().get(20, TimeUnit.SECONDS);
		assertThat(this.client.billed).containsExactly("/x");
	}

	@Test
	void keepsLatePathsOfCustomStoreAfterFailure() throws Exception {
		AtomicInteger claims = new AtomicInteger();
		OwnStore own = new OwnStore();
		own.before = (method) -> {
			if (method.equals("claim") && claims.getAndIncrement() == 1) {
				throw new StoreUnavailableException("away", new IOException());
			}
		};
		MemoryRunLedger memory = new MemoryRunLedger(own, 50, Duration.ofMinutes(10), PathPatterns.UNKNOWN,
				Clock.systemUTC());
		own.track(List.of(new PathLifetime("/a", Duration.ofHours(1))));
		QueuedInvalidator node = start(memory, 1000);
		node.invalidateAll().completion().get(20, TimeUnit.SECONDS);
		List<PathLifetime> late = List.of(new PathLifetime("/late", Duration.ofHours(1), Duration.ofMinutes(1)));
		own.track(late);
		memory.written(late);
		Awaitility.await().untilAsserted(() -> assertThat(this.client.billed).contains("/late"));
	}

	@Test
	void runLostByRedisDoesNotHoldUpOthers() throws Exception {
		RunLedger ledger = ledger();
		Run waiting = ledger.request(UUID.randomUUID().toString(), InvalidationRequest.ofEverything()).orElseThrow();
		deleteRun(waiting.id());
		QueuedInvalidator node = start(ledger, 1000);
		node.invalidate(InvalidationRequest.ofPaths("/x")).completion().get(20, TimeUnit.SECONDS);
		this.template.opsForZSet().add(key("unfinished"), "lost", 1);
		node.invalidate(InvalidationRequest.ofPaths("/y")).completion().get(20, TimeUnit.SECONDS);
		Awaitility.await().until(() -> !ledger.status().hasWork());
	}

	@Test
	void batchLostByRedisFailsRun() throws Exception {
		this.client.after = (reference) -> {
			throw new InvalidationException("reset", InvalidationException.Kind.TEMPORARY, new IOException());
		};
		QueuedInvalidator node = start(ledger(), this.client, 1000, Duration.ofSeconds(1));
		track("/a");
		RunHandle handle = node.invalidateAll();
		Run failed = handle.completion().get(20, TimeUnit.SECONDS);
		this.template.delete(key("claim:" + failed.batches().get(0).callerReference()));
		node.invalidateAll().completion().get(20, TimeUnit.SECONDS);
		assertThat(node.find(handle.id()).orElseThrow().batches()).singleElement().satisfies((batch) -> {
			assertThat(batch.state()).isEqualTo(BatchState.FAILED);
			assertThat(batch.error()).contains("missing in the store");
		});
		Awaitility.await().until(() -> !ledger().status().hasWork());
	}

	@Test
	void reportsRequestThatMayHaveBeenWritten() {
		RunLedger unanswered = ScriptedLedger.requestsLost(ledger());
		QueuedInvalidator node = start(unanswered, 1000);
		track("/a");
		assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(node::invalidateAll)
			.withMessageMatching("Redis did not answer. It is unknown whether run '[-0-9a-f]{36}' was requested. "
					+ "Look it up before you request it again");
	}

	@Test
	void restartDuringLongCallResumesRuns() throws Exception {
		CountDownLatch called = new CountDownLatch(2);
		CountDownLatch endFirst = new CountDownLatch(1);
		CountDownLatch endSecond = new CountDownLatch(1);
		this.client.before = (reference) -> {
			boolean first = called.getCount() == 2;
			called.countDown();
			awaitThroughInterrupts(first ? endFirst : endSecond);
		};
		// Contexts that are cached by Spring's test framework have senders too
		long others = senders();
		QueuedInvalidator node = start(ledger(), 1000);
		track("/a");
		RunHandle handle = node.invalidateAll();
		Awaitility.await().until(() -> called.getCount() == 1);
		Thread stop = new Thread(node::stop);
		stop.start();
		Awaitility.await().until(() -> stop.getState() == Thread.State.TIMED_WAITING);
		// Ends the wait for the call, as its timeout of ten seconds does
		stop.interrupt();
		stop.join();
		node.start();
		ScriptedClient.await(called);
		endFirst.countDown();
		Awaitility.await().until(() -> senders() == others + 1);
		endSecond.countDown();
		Awaitility.await()
			.untilAsserted(() -> assertThat(node.find(handle.id()).orElseThrow().state()).isEqualTo(State.COMPLETED));
	}

	/**
	 * Wait like a call that ignores interrupts.
	 */
	private static void awaitThroughInterrupts(CountDownLatch latch) {
		boolean interrupted = false;
		while (latch.getCount() > 0) {
			try {
				assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
			}
			catch (InterruptedException ex) {
				interrupted = true;
			}
		}
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
	}

	private static long senders() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().equals("cf-tracker-sender"))
			.count();
	}

	private void deleteRun(String id) {
		this.template.delete(key("run:" + id));
	}

	private String key(String name) {
		return "test:{" + this.keys.distributionId() + "}:" + name;
	}

}
