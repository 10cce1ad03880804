package io.github.cftracker.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;

import io.github.cftracker.PathLifetime;
import io.github.cftracker.Run;
import io.github.cftracker.Run.BatchState;
import io.github.cftracker.Run.State;
import io.github.cftracker.RunHandle;
import io.github.cftracker.cloudfront.CloudFrontConnection;
import io.github.cftracker.cloudfront.SdkInvalidationClient;
import io.github.cftracker.redis.RedisKeys;
import io.github.cftracker.redis.RedisUrlStore;
import io.github.cftracker.redis.TrackerRedisConnection;
import io.github.cftracker.test.Invalidation;
import io.github.cftracker.test.LocalCloudFront;
import io.github.cftracker.testing.CloudFrontClients;
import io.github.cftracker.testing.Planners;
import io.github.cftracker.testing.RedisLedgers;
import io.github.cftracker.testing.RedisStores;
import io.github.cftracker.testing.TestRedis;
import io.lettuce.core.RedisURI;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudfront.CloudFrontClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two nodes with one Redis. One stalls at the worst moment and resumes after the other
 * has taken over.
 */
class TakeoverTests {

	private static final Duration LEASE = Duration.ofSeconds(1);

	private final LocalCloudFront cloudFront = LocalCloudFront.builder().completesAfter(Duration.ofMillis(50)).start();

	private final CloudFrontClient sdk = CloudFrontClients.of(this.cloudFront);

	private final TrackerRedisConnection redis = TrackerRedisConnection.to(RedisURI.create(TestRedis.shared().url()),
			Duration.ofSeconds(5));

	private final RedisKeys keys = new RedisKeys("test", UUID.randomUUID().toString());

	private final RedisUrlStore store = RedisStores.create(this.redis, this.keys, LEASE);

	private final HeldClient clientOfFirst = client();

	private final List<QueuedInvalidator> nodes = new ArrayList<>();

	/**
	 * Whether the first node does not renew its lease.
	 */
	private volatile boolean asleep;

	private final QueuedInvalidator first = start(this.clientOfFirst,
			ScriptedLedger.sleepy(ledger(), () -> this.asleep));

	@AfterEach
	void close() {
		this.clientOfFirst.release();
		this.nodes.forEach(QueuedInvalidator::stop);
		this.redis.destroy();
		this.sdk.close();
		this.cloudFront.close();
	}

	@Test
	void stalledNodeSendsSameBatchAsSuccessor() throws InterruptedException {
		track(paths(2500));
		this.clientOfFirst.hold();
		RunHandle handle = this.first.invalidateAll();
		this.clientOfFirst.awaitHeld();
		this.asleep = true;
		QueuedInvalidator second = start(client());
		Run run = awaitFinal(second, handle.id());
		assertThat(run.state()).isEqualTo(State.COMPLETED);
		assertThat(run.items()).isEqualTo(2500);
		int calls = this.cloudFront.calls().size();
		this.asleep = false;
		this.clientOfFirst.release();
		Awaitility.await().until(() -> this.cloudFront.calls().size() > calls);
		assertThat(handle.completion().join().state()).isEqualTo(State.COMPLETED);
		assertEverythingWasBilledOnce(2500);
		assertThat(second.find(handle.id())).contains(run);
		// It works like any other node again
		track(List.of("/a"));
		assertThat(this.first.invalidateAll().completion().join().state()).isEqualTo(State.COMPLETED);
	}

	@Test
	void successorContinuesBisection() throws InterruptedException {
		Set<String> bad = Set.of("/products/7", "/products/1200", "/products/2999");
		track(paths(3000));
		this.clientOfFirst.rejectItems(bad);
		this.clientOfFirst.holdAfter(9);
		RunHandle handle = this.first.invalidateAll();
		this.clientOfFirst.awaitHeld();
		this.asleep = true;
		HeldClient clientOfSecond = client();
		clientOfSecond.rejectItems(bad);
		Run run = awaitFinal(start(clientOfSecond), handle.id());
		assertThat(run.state()).isEqualTo(State.COMPLETED);
		assertThat(run.items()).isEqualTo(2997);
		assertThat(run.rejected()).extracting(Run.RejectedPath::path).containsExactlyInAnyOrderElementsOf(bad);
		assertThat(run.batches()).noneMatch((batch) -> batch.state() == BatchState.SENDING);
		assertEverythingWasBilledOnce(2997);
		assertThat(this.store.count()).isZero();
	}

	@Test
	@Tag("full")
	void nodeKeepsLeaseDuringLongCall() throws InterruptedException {
		track(List.of("/a"));
		this.clientOfFirst.hold();
		RunHandle handle = this.first.invalidateAll();
		this.clientOfFirst.awaitHeld();
		QueuedInvalidator second = start(client());
		Awaitility.await().during(LEASE.multipliedBy(3)).until(() -> this.cloudFront.calls().isEmpty());
		this.clientOfFirst.release();
		assertThat(awaitFinal(second, handle.id()).batches()).singleElement()
			.satisfies((batch) -> assertThat(batch.attempts()).isEqualTo(1));
	}

	@Test
	void stoppingNodeLeavesRunToOthersAtOnce() throws InterruptedException {
		this.first.stop();
		Duration lease = Duration.ofMinutes(5);
		QueuedInvalidator stopping = start(this.clientOfFirst, ledger(lease));
		track(paths(2500));
		this.clientOfFirst.hold();
		RunHandle handle = stopping.invalidateAll();
		this.clientOfFirst.awaitHeld();
		QueuedInvalidator second = start(client(), ledger(lease));
		Thread stop = new Thread(stopping::stop);
		stop.start();
		Awaitility.await().until(() -> stop.getState() == Thread.State.TIMED_WAITING);
		this.clientOfFirst.release();
		stop.join();
		assertThat(handle.completion()).isCompletedExceptionally();
		Run run = awaitFinal(second, handle.id());
		assertThat(run.state()).isEqualTo(State.COMPLETED);
		assertThat(run.batches()).extracting(Run.Batch::items).containsExactly(1000, 1000, 500);
		assertEverythingWasBilledOnce(2500);
	}

	@Test
	void otherNodeCarriesOutWaitingRunsOfStoppedNode() throws InterruptedException {
		track(List.of("/a"));
		this.clientOfFirst.hold();
		this.first.invalidateAll();
		this.clientOfFirst.awaitHeld();
		track(List.of("/b"));
		RunHandle waiting = this.first.invalidateAll();
		this.asleep = true;
		QueuedInvalidator second = start(client());
		assertThat(awaitFinal(second, waiting.id()).paths()).isEqualTo(1);
		// The caller of the first node is notified as well
		assertThat(waiting.completion().join().state()).isEqualTo(State.COMPLETED);
	}

	@Test
	void nodeWithLeaseCarriesOutRequestOfOtherNode() throws InterruptedException {
		track(List.of("/a"));
		this.clientOfFirst.hold();
		this.first.invalidateAll();
		this.clientOfFirst.awaitHeld();
		HeldClient clientOfSecond = client();
		QueuedInvalidator second = start(clientOfSecond);
		track(List.of("/b"));
		clientOfSecond.breakWith(new NoSuchMethodError("The second node must not send"));
		RunHandle handle = second.invalidateAll();
		this.clientOfFirst.release();
		assertThat(handle.completion().join().state()).isEqualTo(State.COMPLETED);
	}

	private HeldClient client() {
		return new HeldClient(new SdkInvalidationClient(CloudFrontConnection.using(() -> this.sdk, "test"),
				this.cloudFront.distributionId()));
	}

	private RunLedger ledger() {
		return ledger(LEASE);
	}

	private RunLedger ledger(Duration lease) {
		return RedisLedgers.create(this.redis, this.keys, lease, Duration.ofMinutes(10), 50);
	}

	private QueuedInvalidator start(InvalidationClient client) {
		return start(client, ledger());
	}

	private QueuedInvalidator start(InvalidationClient client, RunLedger ledger) {
		QueuedInvalidator node = new QueuedInvalidator(new RunContext(ledger, client, () -> {
		}, InvalidatorContractTests.settings(1000, LEASE, Duration.ofHours(6)), Planners.exact(this.store),
				RunObserver.of(List.of())), new TimeLimitedStore(this.store));
		node.start();
		this.nodes.add(node);
		return node;
	}

	private static Run awaitFinal(QueuedInvalidator node, String id) {
		return Awaitility.await()
			.atMost(Duration.ofSeconds(60))
			.until(() -> node.find(id).filter((run) -> run.state().isFinal()), Optional::isPresent)
			.orElseThrow();
	}

	private void assertEverythingWasBilledOnce(int items) {
		assertThat(this.cloudFront.invalidations()).extracting(Invalidation::callerReference).doesNotHaveDuplicates();
		Set<String> sent = new HashSet<>();
		this.cloudFront.invalidations().forEach((invalidation) -> sent.addAll(invalidation.paths()));
		assertThat(sent).hasSize(items);
		assertThat(this.cloudFront.billedItems()).isEqualTo(items);
	}

	private void track(List<String> paths) {
		this.store.track(paths.stream().map((path) -> new PathLifetime(path, Duration.ofHours(1))).toList());
	}

	private static List<String> paths(int count) {
		return IntStream.range(0, count).mapToObj((i) -> "/products/" + i).toList();
	}

}
