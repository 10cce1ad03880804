package io.github.cftracker.redis;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.cftracker.run.StoreCondition;
import io.github.cftracker.testing.TestRedis;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.cluster.SlotHash;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.data.redis.connection.RedisClusterConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A real cluster of two, of which only one is set up well.
 */
@Tag("full")
class RedisInspectorClusterTests {

	private static final int HALF = SlotHash.SLOT_COUNT / 2;

	private final TestRedis careless = TestRedis.start("--cluster-enabled", "yes", "--maxmemory-policy", "allkeys-lru");

	private final TestRedis careful = TestRedis.start("--cluster-enabled", "yes", "--save", "3600", "1");

	private final TrackerRedisConnection redis = ApplicationRedis.like(
			new LettuceConnectionFactory(new RedisClusterConfiguration(
					List.of("127.0.0.1:" + this.careless.port(), "127.0.0.1:" + this.careful.port()))),
			Duration.ofSeconds(5));

	@BeforeEach
	void join() {
		join(this.careless, 0, this.careful);
		join(this.careful, HALF, this.careless);
		awaitJoined(this.careless);
		awaitJoined(this.careful);
	}

	@AfterEach
	void close() {
		this.redis.destroy();
		this.careless.close();
		this.careful.close();
	}

	@Test
	void inspectsNodeThatOwnsSlotOfKeys() {
		StoreCondition first = inspect(0);
		assertThat(first.details()).containsEntry("mode", "cluster").containsEntry("role", "master");
		assertThat(first.warnings()).hasSize(2)
			.anyMatch((warning) -> warning.contains("allkeys-lru"))
			.anyMatch((warning) -> warning.contains("nothing on disk"));
		StoreCondition second = inspect(HALF);
		assertThat(second.details()).containsEntry("mode", "cluster").containsEntry("role", "master");
		assertThat(second.warnings()).isEmpty();
	}

	private StoreCondition inspect(int firstSlot) {
		RedisKeys keys = Stream.iterate(0, (i) -> i + 1)
			.map((i) -> new RedisKeys("test", "E" + i))
			.filter((candidate) -> SlotHash.getSlot(candidate.paths()) / HALF == firstSlot / HALF)
			.findFirst()
			.orElseThrow();
		return new RedisInspector(this.redis, keys, 0).inspect();
	}

	private static void join(TestRedis node, int firstSlot, TestRedis other) {
		try (RedisClient client = RedisClient.create(node.url());
				StatefulRedisConnection<String, String> connection = client.connect()) {
			connection.sync().clusterAddSlots(IntStream.range(firstSlot, firstSlot + HALF).toArray());
			connection.sync().clusterMeet("127.0.0.1", other.port());
		}
	}

	private static void awaitJoined(TestRedis node) {
		try (RedisClient client = RedisClient.create(node.url());
				StatefulRedisConnection<String, String> connection = client.connect()) {
			Awaitility.await()
				.atMost(Duration.ofSeconds(30))
				.until(() -> connection.sync().clusterInfo().contains("cluster_state:ok"));
		}
	}

}
