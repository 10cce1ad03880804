package io.github.cftracker.compatibility;

import io.github.cftracker.redis.TrackerRedisConnection;
import io.github.cftracker.testing.TestRedis;
import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions.RefreshTrigger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.util.ReflectionTestUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application whose Redis requires a password, and is also the tracker's.
 */
@DirtiesContext
class ApplicationRedisTests extends AbstractApplicationTests {

	private static TestRedis server;

	@DynamicPropertySource
	static void redis(DynamicPropertyRegistry registry) {
		server = TestRedis.start("--requirepass", "secret");
		registry.add("spring.data.redis.host", () -> "127.0.0.1");
		registry.add("spring.data.redis.port", server::port);
		registry.add("spring.data.redis.password", () -> "secret");
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	@Test
	void connectsAsTheApplicationDoes(@Autowired TrackerRedisConnection redis) {
		assertThat(redis).hasToString("own connection to the application's server");
	}

	@Test
	void refreshesTheTopologyOfAClusterAfterEachKindOfError(@Autowired TrackerRedisConnection redis) {
		AbstractRedisClient client = (AbstractRedisClient) field(field(field(redis, "connection"), "client"), "client");
		ClusterClientOptions options = (ClusterClientOptions) client.getOptions();
		assertThat(options.getTopologyRefreshOptions().getAdaptiveRefreshTriggers())
			.containsExactlyInAnyOrder(RefreshTrigger.values());
	}

	private static Object field(Object target, String name) {
		return ReflectionTestUtils.getField(target, name);
	}

	@Override
	String storeName() {
		return "redis";
	}

}
