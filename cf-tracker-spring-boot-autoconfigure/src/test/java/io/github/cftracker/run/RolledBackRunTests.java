package io.github.cftracker.run;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.github.cftracker.Run;
import io.github.cftracker.Run.Batch;
import io.github.cftracker.Run.State;
import io.github.cftracker.RunHandle;
import io.github.cftracker.distribution.DistributionDoctor;
import io.github.cftracker.distribution.Ttls;
import io.github.cftracker.recording.Flusher;
import io.github.cftracker.recording.PathRecorder;
import io.github.cftracker.recording.TestRecorder;
import io.github.cftracker.redis.RedisKeys;
import io.github.cftracker.redis.RedisUrlStore;
import io.github.cftracker.redis.TrackerRedisConnection;
import io.github.cftracker.testing.Planners;
import io.github.cftracker.testing.RedisLedgers;
import io.github.cftracker.testing.RedisStores;
import io.github.cftracker.testing.RedisTemplates;
import io.github.cftracker.testing.TestFailover;
import io.github.cftracker.testing.TestLink;
import io.github.cftracker.tracking.LifetimePolicy;
import io.lettuce.core.RedisURI;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Failovers that take back acknowledged writes, with a real master and its replica.
 */
@Tag("full")
class RolledBackRunTests {

	private static final Duration LEASE = Duration.ofSeconds(1);

	private final TestFailover failover = new TestFailover();

	private final RedisKeys keys = new RedisKeys("test", UUID.randomUUID().toString());

	private final ScriptedClient client = new ScriptedClient();

	private final List<Node> nodes = new ArrayList<>();

	@AfterEach
	void close() {
		this.nodes.forEach(Node::close);
		this.failover.close();
	}

	@Test
	void carriesOutAcknowledgedRequest() throws Exception {
		Node node = new Node();
		node.track(paths(5));
		this.client.before = (reference) -> {
			throw new InvalidationException("Busy", InvalidationException.Kind.BUSY, new IllegalStateException());
		};
		this.failover.cutReplication();
		RunHandle handle = node.invalidator.invalidateAll();
		this.failover.failOver(node.link);
		this.client.before = ScriptedNodes.NOTHING;
		Run run = handle.completion().get(30, TimeUnit.SECONDS);
		assertThat(run.id()).isEqualTo(handle.id());
		assertThat(run.state()).isEqualTo(State.COMPLETED);
		assertThat(this.client.billed).containsExactlyInAnyOrder(paths(5));
		assertThat(run.possiblyBilledTwice()).isZero();
	}

	@Test
	void showsEndedRunAndCountsPossiblyBilledItems() throws Exception {
		Node node = new Node();
		this.failover.cutReplication();
		node.track(paths(7));
		Run ended = node.invalidator.invalidateAll().completion().get(30, TimeUnit.SECONDS);
		assertThat(ended.items()).isEqualTo(7);
		this.failover.failOver(node.link);
		Awaitility.await().ignoreExceptions().until(() -> node.find(ended.id()).possiblyBilledTwice() == 7);
		Run restored = node.find(ended.id());
		assertThat(restored.state()).isEqualTo(State.COMPLETED);
		assertThat(restored.batches()).startsWith(ended.batches().toArray(Batch[]::new));
		assertThat(restored.finishedAt()).isEqualTo(ended.finishedAt());
		assertThat(restored.requestedAt()).isEqualTo(ended.requestedAt());
		// Sent again as late paths if they were written again after the run,
		// otherwise by the next run
		Awaitility.await().ignoreExceptions().until(() -> {
			node.invalidator.invalidateAll().completion().get(30, TimeUnit.SECONDS);
			return this.client.billed.size() == 14;
		});
		assertThat(node.store.count()).isZero();
	}

	@Test
	void slowResponsesAreLateForEndedRun() throws Exception {
		Node node = new Node();
		node.track(paths(1));
		this.failover.awaitReplication();
		this.failover.cutReplication();
		// Early enough to begin before the run after any correction of the clock
		long before = System.nanoTime() - Duration.ofMinutes(1).toNanos();
		Run ended = node.invalidator.invalidateAll().completion().get(30, TimeUnit.SECONDS);
		this.failover.failOver(node.link);
		Awaitility.await().ignoreExceptions().until(() -> node.find(ended.id()).state() == State.COMPLETED);
		String removed = "test:{" + this.keys.distributionId() + "}:removed";
		assertThat(RedisTemplates.<Boolean>on(this.failover.replica().port(), (template) -> template.hasKey(removed)))
			.isTrue();
		node.recorder.track("/slow", Duration.ofHours(1), before, null, Set.of());
		Awaitility.await().until(() -> this.client.billed.contains("/slow"));
		Awaitility.await().until(() -> node.find(ended.id()).batches().size() == 2);
	}

	@Test
	void claimsAgainAfterLostClaimAndCountsItemsBilledAgain() throws Exception {
		Node node = new Node();
		node.track(paths(6));
		this.failover.awaitReplication();
		this.failover.cutReplication();
		CountDownLatch second = new CountDownLatch(1);
		CountDownLatch failedOver = new CountDownLatch(1);
		this.client.before = (reference) -> {
			if (reference.endsWith("-2")) {
				second.countDown();
				ScriptedClient.await(failedOver);
			}
		};
		RunHandle handle = node.invalidator.invalidateAll();
		ScriptedClient.await(second);
		// Cached again and recorded after its batch was accepted
		String cached = this.client.billed.get(0);
		node.track(cached);
		this.failover.failOver(node.link);
		failedOver.countDown();
		Run run = handle.completion().get(30, TimeUnit.SECONDS);
		assertThat(run.state()).isEqualTo(State.COMPLETED);
		assertThat(Set.copyOf(this.client.billed)).containsExactlyInAnyOrder(paths(6));
		// With the old reference, CloudFront would have returned the old invalidation
		List<ScriptedClient.Call> originals = this.client.calls.stream()
			.filter((call) -> !CallerReference.isLate(call.reference()))
			.toList();
		assertThat(originals).filteredOn((call) -> call.items().contains(cached)).hasSize(2);
		// Sent once more if the response was recorded again after the second claim
		int twice = originals.stream().mapToInt((call) -> call.items().size()).sum() - 6;
		assertThat(twice).isPositive();
		Awaitility.await()
			.untilAsserted(() -> assertThat(node.find(run.id()).possiblyBilledTwice()).isGreaterThanOrEqualTo(twice));
	}

	@Test
	void leaseHolderStopsRunThatRedisHasForgotten() throws Exception {
		AtomicInteger freezes = new AtomicInteger();
		Node[] node = new Node[1];
		node[0] = new Node((method) -> {
			if (method.equals("freeze") && freezes.incrementAndGet() == 2) {
				this.failover.awaitReplication();
				this.failover.cutReplication();
			}
		}, (method) -> {
			if (method.equals("freeze") && freezes.get() == 2) {
				this.failover.failOver(node[0].link);
				// Fast enough that no call of the lease holder fails
				Awaitility.await().ignoreExceptions().until(() -> node[0].store.count() >= 0);
			}
		});
		node[0].track(paths(6));
		Run run = node[0].invalidator.invalidateAll().completion().get(30, TimeUnit.SECONDS);
		assertThat(run.state()).isEqualTo(State.COMPLETED);
		assertThat(this.client.billed).containsExactlyInAnyOrder(paths(6));
		assertThat(run.items()).isEqualTo(6);
	}

	@Test
	void leaseHoldersInPartitionSendBatchUnderSameReference() throws Exception {
		Node old = new Node();
		old.track(paths(8));
		this.client.before = (reference) -> {
			if (!reference.endsWith("-1")) {
				throw new InvalidationException("Not now", InvalidationException.Kind.TEMPORARY, null, null)
					.unanswered(false);
			}
		};
		RunHandle handle = old.invalidator.invalidateAll();
		Awaitility.await().until(() -> this.client.billed.size() == 2);
		this.failover.awaitReplication();
		this.failover.cutReplication();
		this.failover.promote();
		Node other = new Node();
		other.link.lead(this.failover.replica());
		Awaitility.await().ignoreExceptions().until(() -> other.invalidator.find(handle.id()).isPresent());
		this.client.before = ScriptedNodes.NOTHING;
		Awaitility.await().until(() -> this.client.billed.size() == 8);
		assertThat(handle.completion().get(30, TimeUnit.SECONDS).state()).isEqualTo(State.COMPLETED);
		Awaitility.await().until(() -> other.find(handle.id()).state() == State.COMPLETED);
		this.failover.failOver(old.link);
		Awaitility.await().ignoreExceptions().until(() -> old.find(handle.id()).state() == State.COMPLETED);
		assertThat(this.client.billed).containsExactlyInAnyOrder(paths(8));
		assertThat(references()).allSatisfy((items, references) -> assertThat(references).hasSize(1));
		assertThat(old.find(handle.id()).possiblyBilledTwice()).isZero();
	}

	private Map<Set<String>, Set<String>> references() {
		return this.client.calls.stream()
			.collect(Collectors.toMap((call) -> Set.copyOf(call.items()),
					(call) -> new TreeSet<>(Set.of(call.reference())), (one, two) -> {
						one.addAll(two);
						return one;
					}));
	}

	private static String[] paths(int count) {
		return IntStream.range(0, count).mapToObj((i) -> "/" + i).toArray(String[]::new);
	}

	private final class Node {

		private final TestLink link = TestLink.to(RolledBackRunTests.this.failover.master());

		private final TrackerRedisConnection redis = TrackerRedisConnection.to(RedisURI.create(this.link.url()),
				Duration.ofMillis(500));

		private final RedisUrlStore store = RedisStores.create(this.redis, RolledBackRunTests.this.keys, LEASE);

		private final PathRecorder recorder = TestRecorder.of(this.store,
				new LifetimePolicy(LifetimePolicy.Mode.FIXED, Duration.ofHours(1),
						new Ttls(Duration.ZERO, Duration.ofHours(1), Duration.ofDays(1)), Duration.ZERO,
						Clock.systemUTC()),
				1000);

		private final Flusher flusher = new Flusher(this.recorder, this.store, Duration.ofMillis(20),
				new DistributionDoctor());

		private final QueuedInvalidator invalidator;

		private Node() {
			this(ScriptedNodes.NOTHING, ScriptedNodes.NOTHING);
		}

		private Node(Consumer<String> before, Consumer<String> after) {
			RunLedger ledger = RedisLedgers.create(this.redis, RolledBackRunTests.this.keys, LEASE,
					Duration.ofMinutes(10), 50);
			this.invalidator = new QueuedInvalidator(
					new RunContext(ScriptedLedger.of(ledger, before, after), RolledBackRunTests.this.client, () -> {
					}, InvalidatorContractTests.settings(2, LEASE, Duration.ofHours(6)), Planners.exact(this.store),
							RunObserver.of(List.of())),
					new TimeLimitedStore(this.store));
			this.flusher.start();
			this.invalidator.start();
			RolledBackRunTests.this.nodes.add(this);
		}

		private void track(String... paths) {
			for (String path : paths) {
				this.recorder.track(path, Duration.ofHours(1));
			}
			Awaitility.await().until(() -> this.recorder.pending() == 0);
		}

		private Run find(String id) {
			return this.invalidator.find(id).orElseThrow();
		}

		private void close() {
			this.invalidator.stop();
			this.flusher.stop();
			this.redis.destroy();
			this.link.close();
		}

	}

}
