package io.github.cftracker.redis;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

import io.github.cftracker.PathLifetime;
import io.github.cftracker.StoreUnavailableException;
import io.github.cftracker.testing.RedisStores;
import io.github.cftracker.testing.ReplicatedRedis;
import io.github.cftracker.testing.TestRedis;
import io.github.cftracker.testing.TestRedisCluster;
import io.github.cftracker.testing.TestSentinels;
import io.lettuce.core.RedisURI;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Servers that accept connections and never answer. Lettuce alone would wait for a minute
 * each time.
 */
@Tag("full")
class HangingRedisTests {

	private static final Duration TIMEOUT = Duration.ofMillis(300);

	private static final Duration HANGS = Duration.ofSeconds(30);

	private final RedisKeys keys = new RedisKeys("test", UUID.randomUUID().toString());

	private final TestRedis hanging = TestRedis.start();

	@BeforeEach
	void hang() {
		this.hanging.pause();
	}

	@AfterEach
	void stop() {
		this.hanging.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "redis://%s", "rediss://%s", "redis-sentinel://%1$s,%1$s#cf",
			"rediss-sentinel://%1$s,%1$s#cf" })
	void nobodyWaitsForAServerOrASentinel(String url) {
		failsSoon(TrackerRedisConnection.to(RedisURI.create(url.formatted(address(this.hanging))), TIMEOUT));
	}

	@ParameterizedTest
	@ValueSource(strings = { "redis://%s", "rediss://%s" })
	void nobodyWaitsForTheNodesOfACluster(String url) {
		RedisURI node = RedisURI.create(url.formatted(address(this.hanging)));
		failsSoon(TrackerRedisConnection.to(List.of(node, node), TIMEOUT));
	}

	@Test
	void anotherSentinelIsAsked() {
		try (TestSentinels sentinels = TestSentinels.start()) {
			recoversWhenTheMasterHangs(sentinels, (nodes) -> TrackerRedisConnection
				.to(RedisURI.create("redis-sentinel://%s,%s#cf".formatted(address(this.hanging), nodes)), TIMEOUT));
		}
	}

	@Test
	void anotherNodeIsAsked() {
		try (TestRedisCluster cluster = TestRedisCluster.start()) {
			recoversWhenTheMasterHangs(cluster, (nodes) -> {
				RedisURI first = RedisURI.create("redis://" + address(this.hanging));
				return TrackerRedisConnection.to(List.of(first, RedisURI.create("redis://" + nodes.split(",")[0])),
						TIMEOUT);
			});
		}
	}

	private void recoversWhenTheMasterHangs(ReplicatedRedis servers, Function<String, TrackerRedisConnection> connect) {
		String nodes = servers.properties()
			.stream()
			.filter((property) -> property.contains("nodes="))
			.map((property) -> property.split("=")[1])
			.findFirst()
			.orElseThrow();
		TrackerRedisConnection redis = connect.apply(nodes);
		awaitTracked(redis);
		servers.aimAtMaster(this.keys.paths());
		servers.pauseMaster();
		awaitTracked(redis);
		redis.destroy();
	}

	private void awaitTracked(TrackerRedisConnection redis) {
		Awaitility.await()
			.atMost(Duration.ofSeconds(60))
			.ignoreExceptionsInstanceOf(StoreUnavailableException.class)
			.untilAsserted(() -> track(redis));
	}

	private void failsSoon(TrackerRedisConnection redis) {
		for (int i = 0; i < 2; i++) {
			assertThat(timed(
					() -> assertThatExceptionOfType(StoreUnavailableException.class).isThrownBy(() -> track(redis))))
				.isLessThan(HANGS);
		}
		assertThat(timed(redis::destroy)).isLessThan(HANGS);
	}

	private static Duration timed(Runnable action) {
		long start = System.nanoTime();
		action.run();
		return Duration.ofNanos(System.nanoTime() - start);
	}

	private void track(TrackerRedisConnection redis) {
		RedisStores.create(redis, this.keys).track(List.of(new PathLifetime("/a", Duration.ofHours(1))));
	}

	private static String address(TestRedis server) {
		return "127.0.0.1:" + server.port();
	}

}
