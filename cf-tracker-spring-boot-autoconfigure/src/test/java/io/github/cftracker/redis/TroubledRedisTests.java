package io.github.cftracker.redis;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import io.github.cftracker.PathLifetime;
import io.github.cftracker.StoreUnavailableException;
import io.github.cftracker.testing.RedisStores;
import io.github.cftracker.testing.TestRedis;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.cluster.SlotHash;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Real servers that refuse for a while.
 */
@Tag("full")
class TroubledRedisTests {

	private static final Duration TIMEOUT = Duration.ofMillis(500);

	private final RedisClient client = RedisClient.create();

	@AfterEach
	void stop() {
		this.client.shutdown(Duration.ZERO, TIMEOUT);
	}

	@Test
	void withoutEnoughReplicas() {
		try (TestRedis server = TestRedis.start()) {
			RedisCommands<String, String> admin = admin(server);
			isUnavailableBetween(server, "NOREPLICAS", () -> admin.configSet("min-replicas-to-write", "1"),
					() -> admin.configSet("min-replicas-to-write", "0"));
		}
	}

	@Test
	void withoutMemory() {
		try (TestRedis server = TestRedis.start()) {
			RedisCommands<String, String> admin = admin(server);
			isUnavailableBetween(server, "OOM", () -> admin.configSet("maxmemory", "1"),
					() -> admin.configSet("maxmemory", "0"));
		}
	}

	@Test
	void withoutItsMaster() {
		try (TestRedis server = TestRedis.start("--replica-serve-stale-data", "no")) {
			RedisCommands<String, String> admin = admin(server);
			isUnavailableBetween(server, "MASTERDOWN", () -> admin.replicaof("127.0.0.1", TestRedis.freePort()),
					admin::replicaofNoOne);
		}
	}

	@Test
	void withoutSlots() {
		try (TestRedis server = TestRedis.start("--cluster-enabled", "yes")) {
			RedisCommands<String, String> admin = admin(server);
			int[] slots = IntStream.range(0, SlotHash.SLOT_COUNT).toArray();
			admin.clusterAddSlots(slots);
			awaitState(admin, "ok");
			isUnavailableBetween(server, "CLUSTERDOWN", () -> {
				admin.clusterDelSlots(slots);
				awaitState(admin, "fail");
			}, () -> {
				admin.clusterAddSlots(slots);
				awaitState(admin, "ok");
			});
		}
	}

	@Test
	void withoutThePassword() {
		try (TestRedis server = TestRedis.start()) {
			TrackerRedisConnection redis = TrackerRedisConnection.to(RedisURI.create(server.url()), TIMEOUT);
			RedisCommands<String, String> admin = admin(server);
			admin.configSet("requirepass", "secret");
			assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(() -> track(redis))
				.withMessageStartingWith("Redis refused: NOAUTH ");
			admin.configSet("requirepass", "");
			track(redis);
			redis.destroy();
		}
	}

	private static void isUnavailableBetween(TestRedis server, String error, Runnable start, Runnable end) {
		TrackerRedisConnection redis = TrackerRedisConnection.to(RedisURI.create(server.url()), TIMEOUT);
		try {
			track(redis);
			start.run();
			assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(() -> track(redis))
				.withMessageStartingWith("Redis refused: ")
				.withMessageContaining(error);
			end.run();
			track(redis);
		}
		finally {
			redis.destroy();
		}
	}

	private static void awaitState(RedisCommands<String, String> admin, String state) {
		Awaitility.await().until(() -> admin.clusterInfo().contains("cluster_state:" + state));
	}

	private RedisCommands<String, String> admin(TestRedis server) {
		return this.client.connect(RedisURI.create(server.url())).sync();
	}

	private static void track(TrackerRedisConnection redis) {
		RedisStores.create(redis, new RedisKeys("test", "E123"))
			.track(List.of(new PathLifetime("/a", Duration.ofHours(1))));
	}

}
