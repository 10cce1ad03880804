package io.github.cftracker.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.cftracker.PathLifetime;
import io.github.cftracker.StoreUnavailableException;
import io.github.cftracker.TrackedPath;
import io.github.cftracker.testing.NewThread;
import io.github.cftracker.testing.RedisStores;
import io.github.cftracker.testing.TestRedisCluster;
import io.lettuce.core.MigrateArgs;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.cluster.models.partitions.ClusterPartitionParser;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode.NodeFlag;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The slot of a distribution goes to other masters while paths are written.
 */
@Tag("full")
class SlotMigrationTests {

	private final TestRedisCluster cluster = TestRedisCluster.start();

	private final RedisKeys keys = new RedisKeys("test", UUID.randomUUID().toString());

	private final int slot = SlotHash.getSlot(this.keys.paths());

	private final TrackerRedisConnection redis = TrackerRedisConnection.to(ClusterNodes.of(this.cluster),
			Duration.ofSeconds(10));

	private final RedisUrlStore store = store(this.redis);

	private final RedisClient admin = RedisClient.create();

	private final ConcurrentSkipListSet<String> acknowledged = new ConcurrentSkipListSet<>();

	private final Queue<String> refused = new ConcurrentLinkedQueue<>();

	@AfterEach
	void stop() {
		this.redis.destroy();
		this.admin.shutdown(Duration.ZERO, Duration.ofSeconds(1));
		this.cluster.close();
	}

	@Test
	void nothingThatWasAcknowledgedIsLost() {
		AtomicBoolean stopped = new AtomicBoolean();
		CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> write(stopped), NewThread.EACH);
		awaitMoreWrites();
		for (int i = 0; i < 5; i++) {
			migrate();
			awaitMoreWrites();
		}
		stopped.set(true);
		assertThat(writer).succeedsWithin(Duration.ofSeconds(30));
		assertThat(this.store.scan("/", 1_000_000)).extracting(TrackedPath::path)
			.containsAll(this.acknowledged)
			.hasSizeGreaterThan(100);
		assertThat(this.refused).allMatch((message) -> message.startsWith("Redis refused: TRYAGAIN "));
	}

	@Test
	void aConnectionToAnotherNodeAloneSaysWhatToSet() {
		RedisURI other = masters().stream().filter((node) -> !node.hasSlot(this.slot)).findAny().orElseThrow().getUri();
		TrackerRedisConnection alone = TrackerRedisConnection.to(other, Duration.ofSeconds(10));
		assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(() -> store(alone).count())
			.withMessageStartingWith("Redis refused: MOVED " + this.slot)
			.withMessageContaining("'spring.data.redis.cluster.nodes'");
		alone.destroy();
	}

	private void write(AtomicBoolean stopped) {
		for (int i = 0; !stopped.get(); i++) {
			String path = "/" + i;
			try {
				this.store.track(List.of(new PathLifetime(path, Duration.ofHours(1))));
				this.acknowledged.add(path);
			}
			catch (StoreUnavailableException ex) {
				this.refused.add(String.valueOf(ex.getMessage()));
			}
		}
	}

	private void awaitMoreWrites() {
		int before = this.acknowledged.size();
		Awaitility.await().until(() -> this.acknowledged.size() > before + 50);
	}

	private void migrate() {
		List<RedisClusterNode> masters = masters();
		RedisClusterNode from = masters.stream().filter((node) -> node.hasSlot(this.slot)).findAny().orElseThrow();
		RedisClusterNode to = masters.get((masters.indexOf(from) + 1) % masters.size());
		RedisCommands<String, String> source = connect(from);
		RedisCommands<String, String> target = connect(to);
		target.clusterSetSlotImporting(this.slot, from.getNodeId());
		source.clusterSetSlotMigrating(this.slot, to.getNodeId());
		// Key by key, as tools do: what is split between the nodes must be tried again
		for (String key : source.clusterGetKeysInSlot(this.slot, 100)) {
			source.migrate("127.0.0.1", to.getUri().getPort(), 0, 5000, MigrateArgs.Builder.key(key));
			int before = this.refused.size();
			Awaitility.await().until(() -> this.refused.size() > before);
		}
		assertThat(this.store.count()).as("by ASK").isGreaterThanOrEqualTo(this.acknowledged.size());
		target.clusterSetSlotNode(this.slot, to.getNodeId());
		source.clusterSetSlotNode(this.slot, to.getNodeId());
		masters.stream().map(this::connect).forEach((node) -> node.clusterSetSlotNode(this.slot, to.getNodeId()));
	}

	private List<RedisClusterNode> masters() {
		List<RedisClusterNode> nodes = new ArrayList<>(ClusterPartitionParser
			.parse(this.admin.connect(RedisURI.create(this.cluster.masterUrl(this.keys.paths()))).sync().clusterNodes())
			.getPartitions());
		nodes.removeIf((node) -> !node.is(NodeFlag.UPSTREAM));
		return nodes;
	}

	private RedisCommands<String, String> connect(RedisClusterNode node) {
		return this.admin.connect(RedisURI.create("127.0.0.1", node.getUri().getPort())).sync();
	}

	private RedisUrlStore store(TrackerRedisConnection redis) {
		return RedisStores.create(redis, this.keys);
	}

}
