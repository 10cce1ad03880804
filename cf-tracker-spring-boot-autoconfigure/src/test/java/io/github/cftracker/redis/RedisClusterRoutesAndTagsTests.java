package io.github.cftracker.redis;

import java.time.Duration;
import java.util.UUID;

import io.github.cftracker.RoutesAndTagsContractTests;
import io.github.cftracker.UrlStore;
import io.github.cftracker.testing.TestRedisCluster;
import io.github.cftracker.web.SpringPathPatterns;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

@Tag("full")
class RedisClusterRoutesAndTagsTests extends RoutesAndTagsContractTests {

	private static TestRedisCluster cluster;

	private static TrackerRedisConnection redis;

	private final RedisKeys keys = new RedisKeys("test", UUID.randomUUID().toString());

	@BeforeAll
	static void start() {
		cluster = TestRedisCluster.start();
		redis = TrackerRedisConnection.to(ClusterNodes.of(cluster), Duration.ofSeconds(5));
	}

	@AfterAll
	static void stop() {
		redis.destroy();
		cluster.close();
	}

	@Override
	protected UrlStore createStore(long maxTagEntries) {
		return new RedisUrlStore(redis, this.keys, Duration.ofSeconds(30), new SpringPathPatterns(), maxTagEntries);
	}

	@Override
	protected boolean hasNoTags() {
		return !TestCommands.exists(redis, this.keys.tags());
	}

}
