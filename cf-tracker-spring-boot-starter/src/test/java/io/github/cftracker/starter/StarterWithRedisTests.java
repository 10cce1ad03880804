package io.github.cftracker.starter;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;

import io.github.cftracker.CloudFrontInvalidator;
import io.github.cftracker.Run;
import io.github.cftracker.UrlStore;
import io.github.cftracker.test.AutoConfigureLocalCloudFront;
import io.github.cftracker.test.LocalCloudFront;
import io.github.cftracker.testing.TestRedis;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.util.ClassUtils;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application with the starter, a Redis of the tracker's own, and no Spring Data.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@AutoConfigureLocalCloudFront
class StarterWithRedisTests {

	@Autowired
	private LocalCloudFront cloudFront;

	@Autowired
	private UrlStore store;

	@Autowired
	private CloudFrontInvalidator invalidator;

	@DynamicPropertySource
	static void redis(DynamicPropertyRegistry registry) {
		registry.add("cf.tracker.redis-url", TestRedis.shared()::url);
	}

	@Test
	void bringsNothingThatChangesRepositoriesOrTransactions() {
		assertThat(List.of("org.springframework.data.redis.core.StringRedisTemplate",
				"org.springframework.data.repository.Repository", "org.springframework.dao.DataAccessException"))
			.noneMatch((name) -> ClassUtils.isPresent(name, null));
	}

	@Test
	void tracksInRedisAndInvalidates() throws Exception {
		assertThat(this.store.name()).isEqualTo("redis");
		HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(URI.create(this.cloudFront.edge() + "/pages/1")).build(),
					BodyHandlers.discarding());
		Awaitility.await().until(() -> this.store.count() == 1);
		assertThat(this.invalidator.invalidateAll().completion().join().state()).isEqualTo(Run.State.COMPLETED);
		assertThat(this.cloudFront.invalidations().get(0).paths()).containsExactly("/pages/1");
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@RestController
		static class Pages {

			@GetMapping("/pages/{id}")
			String page(@PathVariable String id) {
				return id;
			}

		}

	}

}
