package io.github.cftracker.run;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.cftracker.Run.BatchState;
import io.github.cftracker.Run.State;
import io.github.cftracker.RunHandle;
import io.github.cftracker.StoreUnavailableException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Late paths that are interrupted on the way to CloudFront.
 */
class FollowUpTests extends ScriptedNodes {

	private final AtomicBoolean late = new AtomicBoolean();

	@Test
	void stopLeavesLateBatchToOtherNode() throws Exception {
		CountDownLatch called = new CountDownLatch(1);
		CountDownLatch go = new CountDownLatch(1);
		ScriptedClient slow = new ScriptedClient();
		slow.before = (ref) -> {
			if (ref.contains("late")) {
				called.countDown();
				ScriptedClient.await(go);
				throw new InvalidationException("503", InvalidationException.Kind.TEMPORARY, new IOException());
			}
		};
		QueuedInvalidator first = start(ledger(), slow, 1000, Duration.ofHours(6));
		track("/a");
		RunHandle handle = first.invalidateAll();
		handle.completion().get(20, TimeUnit.SECONDS);
		late("/late");
		ScriptedClient.await(called);
		stopInCall(first, go);
		start(ledger(), 1000);
		Awaitility.await().untilAsserted(() -> assertThat(this.client.billed).contains("/late"));
	}

	@Test
	void stopBetweenLateBatchesLeavesRestToOtherNode() throws Exception {
		CountDownLatch called = new CountDownLatch(1);
		CountDownLatch go = new CountDownLatch(1);
		this.client.before = (ref) -> {
			if (ref.endsWith("late-1")) {
				called.countDown();
				ScriptedClient.await(go);
			}
		};
		QueuedInvalidator first = start(ledger(), 1);
		track("/a");
		RunHandle handle = first.invalidateAll();
		handle.completion().get(20, TimeUnit.SECONDS);
		late("/late1", "/late2", "/late3");
		ScriptedClient.await(called);
		stopInCall(first, go);
		start(ledger(), 1);
		Awaitility.await().untilAsserted(() -> assertThat(this.client.billed).contains("/late1", "/late2", "/late3"));
	}

	@Test
	void sendsClaimedLatePathsAfterRedisFailure() throws Exception {
		AtomicBoolean claimed = new AtomicBoolean();
		AtomicInteger failures = new AtomicInteger(1);
		RunLedger failing = ScriptedLedger.of(ledger(), (name) -> {
			if (name.equals("claimLate")) {
				claimed.set(true);
			}
			if (claimed.get() && name.equals("save") && failures.getAndDecrement() > 0) {
				throw new StoreUnavailableException("Redis did not answer", new IOException());
			}
		}, NOTHING);
		QueuedInvalidator node = start(failing, 1000);
		track("/a");
		RunHandle handle = node.invalidateAll();
		handle.completion().get(20, TimeUnit.SECONDS);
		late("/late");
		Awaitility.await().untilAsserted(() -> assertThat(this.client.billed).contains("/late"));
	}

	@Test
	void runDoesNotFinishWhileLateBatchIsSent() throws Exception {
		CountDownLatch called = new CountDownLatch(1);
		CountDownLatch go = new CountDownLatch(1);
		this.client.before = (ref) -> {
			if (ref.contains("late")) {
				called.countDown();
				ScriptedClient.await(go);
			}
		};
		this.client.completed = false;
		QueuedInvalidator node = start(ledger(), 1000);
		track("/a");
		RunHandle handle = node.invalidateAll();
		Awaitility.await().until(() -> node.find(handle.id()).orElseThrow().state() == State.IN_PROGRESS);
		late("/late");
		ScriptedClient.await(called);
		this.client.completed = true;
		Awaitility.await()
			.until(() -> node.find(handle.id()).orElseThrow().batches().get(0).state() == BatchState.COMPLETED);
		assertThat(handle.completion()).isNotDone();
		go.countDown();
		handle.completion().get(20, TimeUnit.SECONDS);
		Awaitility.await()
			.untilAsserted(() -> assertThat(node.find(handle.id()).orElseThrow().batches())
				.allMatch((batch) -> batch.state() == BatchState.COMPLETED));
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void sendsLatePathsOfKilledNode(boolean completed) throws Exception {
		CountDownLatch killed = new CountDownLatch(1);
		CountDownLatch never = new CountDownLatch(1);
		AtomicBoolean claimed = new AtomicBoolean();
		RunLedger dying = ScriptedLedger.of(ledger(), (name) -> {
			if (claimed.get()) {
				killed.countDown();
				ScriptedClient.await(never);
			}
		}, (name) -> claimed.compareAndSet(false, name.equals("claimLate") && this.late.get()));
		this.client.completed = completed;
		QueuedInvalidator node = start(dying, 1000);
		track("/a");
		RunHandle handle = node.invalidateAll();
		State state = completed ? State.COMPLETED : State.IN_PROGRESS;
		Awaitility.await().until(() -> node.find(handle.id()).orElseThrow().state() == state);
		this.late.set(true);
		late("/late");
		ScriptedClient.await(killed);
		this.client.completed = true;
		start(ledger(), 1000);
		try {
			Awaitility.await().untilAsserted(() -> assertThat(this.client.billed).contains("/late"));
			assertThat(this.store.count()).isZero();
		}
		finally {
			never.countDown();
		}
	}

	@Test
	void sendsLatePathsAfterLostClaimAnswer() throws Exception {
		AtomicInteger failures = new AtomicInteger(1);
		RunLedger failing = ScriptedLedger.of(ledger(), NOTHING, (name) -> {
			if (name.equals("claimLate") && failures.getAndDecrement() > 0) {
				throw new StoreUnavailableException("Redis did not answer", new IOException());
			}
		});
		this.client.completed = false;
		QueuedInvalidator node = start(failing, 1000);
		track("/a");
		RunHandle handle = node.invalidateAll();
		Awaitility.await().until(() -> node.find(handle.id()).orElseThrow().state() == State.IN_PROGRESS);
		late("/late");
		Awaitility.await().until(() -> failures.get() <= 0);
		this.client.completed = true;
		handle.completion().get(20, TimeUnit.SECONDS);
		node.invalidateAll().completion().get(20, TimeUnit.SECONDS);
		Awaitility.await()
			.untilAsserted(() -> assertThat(this.client.billed.contains("/late") || this.store.count() == 1).isTrue());
	}

	@Test
	void takesOverLateBatchOfRunInProgress() throws Exception {
		CountDownLatch called = new CountDownLatch(1);
		CountDownLatch never = new CountDownLatch(1);
		ScriptedClient dead = new ScriptedClient();
		dead.completed = false;
		dead.before = (ref) -> {
			if (ref.contains("late")) {
				called.countDown();
				ScriptedClient.await(never);
			}
		};
		AtomicBoolean asleep = new AtomicBoolean();
		QueuedInvalidator first = start(ScriptedLedger.sleepy(ledger(), asleep::get), dead, 1000, Duration.ofHours(6));
		track("/a");
		RunHandle handle = first.invalidateAll();
		Awaitility.await().until(() -> first.find(handle.id()).orElseThrow().state() == State.IN_PROGRESS);
		late("/late");
		ScriptedClient.await(called);
		asleep.set(true);
		start(ledger(), 1000);
		try {
			Awaitility.await().untilAsserted(() -> {
				assertThat(this.client.billed).contains("/late");
			});
		}
		finally {
			never.countDown();
		}
	}

	private static void stopInCall(QueuedInvalidator node, CountDownLatch call) throws InterruptedException {
		Thread stop = new Thread(node::stop);
		stop.start();
		Awaitility.await().until(() -> stop.getState() == Thread.State.TIMED_WAITING);
		call.countDown();
		stop.join();
	}

}
