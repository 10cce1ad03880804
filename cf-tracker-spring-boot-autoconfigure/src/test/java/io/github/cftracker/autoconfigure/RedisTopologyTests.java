package io.github.cftracker.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

import io.github.cftracker.PathLifetime;
import io.github.cftracker.UrlStore;
import io.github.cftracker.redis.TrackerRedisConnection;
import io.github.cftracker.testing.ReplicatedRedis;
import io.github.cftracker.testing.TestRedisCluster;
import io.github.cftracker.testing.TestSentinels;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sentinel and Redis Cluster, as the tracker's own and as the application's.
 */
@Tag("full")
class RedisTopologyTests {

	@Test
	void sentinels() {
		try (TestSentinels sentinels = TestSentinels.start()) {
			tracks("cf.tracker.redis-url=redis-sentinel://%s/3#cf".formatted(nodes(sentinels)));
			tracks(with(sentinels, "spring.data.redis.lettuce.read-from=replica-preferred"));
		}
	}

	@Test
	void cluster() {
		try (TestRedisCluster cluster = TestRedisCluster.start()) {
			String node = nodes(cluster).split(",")[0];
			tracks("cf.tracker.redis-url=redis://" + nodes(cluster));
			tracks("cf.tracker.redis-url=redis://%1$s,%1$s".formatted(node));
			tracks(with(cluster, "spring.data.redis.lettuce.read-from=replica-preferred"));
			tracks("spring.data.redis.cluster.nodes=" + node);
		}
	}

	private static void tracks(String... properties) {
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
			.web(WebApplicationType.NONE)
			.properties("cf.tracker.distribution-id=E" + UUID.randomUUID().toString().replace("-", ""))
			.properties(properties)
			.run()) {
			UrlStore store = context.getBean(UrlStore.class);
			// A replica has not got it yet
			for (int i = 1; i <= 100; i++) {
				store.track(List.of(new PathLifetime("/" + i, Duration.ofHours(1))));
				assertThat(store.scan("/", 1000)).hasSize(i);
			}
			assertThat(context.getBean(TrackerRedisConnection.class)).asString().startsWith("own connection");
		}
	}

	private static String nodes(ReplicatedRedis redis) {
		return redis.properties()
			.stream()
			.filter((property) -> property.contains("nodes="))
			.map((property) -> property.split("=")[1])
			.findFirst()
			.orElseThrow();
	}

	private static String[] with(ReplicatedRedis redis, String property) {
		return Stream.concat(redis.properties().stream(), Stream.of(property)).toArray(String[]::new);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
