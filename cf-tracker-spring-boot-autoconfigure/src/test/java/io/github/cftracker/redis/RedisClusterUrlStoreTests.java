package io.github.cftracker.redis;

import java.time.Duration;
import java.util.UUID;

import io.github.cftracker.UrlStore;
import io.github.cftracker.UrlStoreContractTests;
import io.github.cftracker.testing.RedisStores;
import io.github.cftracker.testing.TestRedisCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

@Tag("full")
class RedisClusterUrlStoreTests extends UrlStoreContractTests {

	private static TestRedisCluster cluster;

	private static TrackerRedisConnection redis;

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
	protected UrlStore createStore() {
		return RedisStores.create(redis, new RedisKeys("test", UUID.randomUUID().toString()));
	}

}
