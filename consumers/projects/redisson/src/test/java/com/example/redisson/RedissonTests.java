package com.example.redisson;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Set;

import io.github.cftracker.UrlStore;
import io.github.cftracker.test.LocalCloudFront;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.redisson.spring.data.connection.RedissonConnectionFactory;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.data.redis.connection.RedisConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application whose Redis client is Redisson.
 */
class RedissonTests {

	private static final LocalRedis its = new LocalRedis();

	private static final LocalRedis trackers = new LocalRedis();

	private static final LocalCloudFront cloudFront = LocalCloudFront.start();

	@AfterAll
	static void close() {
		cloudFront.close();
		its.close();
		trackers.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "cf.tracker.redis-url=${tracker.url}", "cf.tracker.store=redis", "cf.tracker.store=memory",
			"cf.tracker.enabled=false" })
	void theApplicationKeepsRedisson(String property) throws Exception {
		its.drain();
		trackers.drain();
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(RedissonApplication.class).run(
				"--server.port=0", "--spring.data.redis.url=" + its.url(), "--tracker.url=" + trackers.url(),
				"--cf.tracker.endpoint=" + cloudFront.endpoint(), "--cf.tracker.region=" + cloudFront.region(),
				"--cf.tracker.access-key=" + cloudFront.accessKey(),
				"--cf.tracker.secret-key=" + cloudFront.secretKey(),
				"--cf.tracker.distribution-id=" + cloudFront.distributionId(), "--" + property)) {
			assertThat(context.getBean(RedisConnectionFactory.class)).isInstanceOf(RedissonConnectionFactory.class);
			assertThat(get(context, "/visits")).isEqualTo("visit 1");
			if (!property.contains("enabled")) {
				UrlStore store = context.getBean(UrlStore.class);
				Awaitility.await().untilAsserted(() -> assertThat(store.count()).isEqualTo(1));
			}
		}
		Set<String> itsKeys = its.drain();
		assertThat(itsKeys).contains("visits", "counter");
		assertThat(itsKeys.stream().anyMatch(RedissonTests::isOfTheTracker)).isEqualTo(property.endsWith("=redis"));
		assertThat(trackers.drain().stream().anyMatch(RedissonTests::isOfTheTracker))
			.isEqualTo(property.contains("redis-url"));
	}

	private static boolean isOfTheTracker(String key) {
		return key.contains(cloudFront.distributionId());
	}

	private static String get(ConfigurableApplicationContext context, String path) throws Exception {
		URI uri = URI.create("http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port") + path);
		return HttpClient.newHttpClient().send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString()).body();
	}

}
