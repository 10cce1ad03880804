package io.github.cftracker.run;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.cftracker.CloudFrontInvalidator;
import io.github.cftracker.Run;
import io.github.cftracker.UrlStore;
import io.github.cftracker.test.AutoConfigureLocalCloudFront;
import io.github.cftracker.test.CachedObject;
import io.github.cftracker.test.Invalidation;
import io.github.cftracker.test.LocalCloudFront;
import io.github.cftracker.testing.TestRedis;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Page that was being rendered when everything was invalidated, and whose path was
 * replaced by a wildcard because there were too many paths.
 */
class FoldedFreshTests {

	abstract static class SlowPageTests {

		private final HttpClient http = HttpClient.newHttpClient();

		@Autowired
		private LocalCloudFront cloudFront;

		@Autowired
		private CloudFrontInvalidator invalidator;

		@Autowired
		private UrlStore store;

		@Autowired
		private Pages pages;

		@LocalServerPort
		private int port;

		@Test
		void doesNotLeaveItsOldContentInTheEdge() throws Exception {
			this.cloudFront.origin(URI.create("http://127.0.0.1:" + this.port));
			for (int i = 0; i < 20; i++) {
				get("/search?q=" + i).join();
			}
			await().until(() -> this.store.scan("/search?*", 2).size() == 1);
			CompletableFuture<HttpResponse<String>> slow = get("/search?q=slow");
			assertThat(this.pages.started.await(20, TimeUnit.SECONDS)).isTrue();
			this.pages.content.set(2);
			Run run = this.invalidator.invalidateAll().completion().get(20, TimeUnit.SECONDS);
			assertThat(this.cloudFront.invalidations()).flatExtracting(Invalidation::paths).contains("/search?*");
			assertThat(this.cloudFront.cachedObjects()).isEmpty();
			this.pages.end.countDown();
			assertThat(slow.get(20, TimeUnit.SECONDS).body()).isEqualTo("1");
			assertThat(this.cloudFront.cachedObjects()).extracting(CachedObject::target)
				.containsExactly("/search?q=slow");
			await().until(() -> this.cloudFront.cachedObjects().isEmpty());
			assertThat(get("/search?q=slow").get(20, TimeUnit.SECONDS).body()).isEqualTo("2");
			Run followed = this.invalidator.find(run.id()).orElseThrow();
			assertThat(followed.batches()).extracting(Run.Batch::callerReference)
				.anyMatch((reference) -> reference.endsWith("-late-1"));
		}

		private CompletableFuture<HttpResponse<String>> get(String path) {
			return this.http.sendAsync(HttpRequest.newBuilder(URI.create(this.cloudFront.edge() + path)).build(),
					BodyHandlers.ofString());
		}

	}

	@Nested
	@SpringBootTest(classes = Application.class, webEnvironment = WebEnvironment.RANDOM_PORT,
			properties = "cf.tracker.tracking.max-variants=10")
	@AutoConfigureLocalCloudFront
	@DirtiesContext
	class InRedis extends SlowPageTests {

		@DynamicPropertySource
		static void redis(DynamicPropertyRegistry registry) {
			registry.add("cf.tracker.redis-url", TestRedis.shared()::url);
			registry.add("cf.tracker.key-prefix", () -> "folded-fresh");
		}

	}

	@Nested
	@SpringBootTest(classes = Application.class, webEnvironment = WebEnvironment.RANDOM_PORT,
			properties = { "cf.tracker.store=memory", "cf.tracker.tracking.max-variants=10" })
	@AutoConfigureLocalCloudFront
	@DirtiesContext
	class InMemory extends SlowPageTests {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		Pages pages() {
			return new Pages();
		}

	}

	@RestController
	static class Pages {

		private final AtomicInteger content = new AtomicInteger(1);

		private final CountDownLatch started = new CountDownLatch(1);

		private final CountDownLatch end = new CountDownLatch(1);

		@GetMapping("/search")
		String search(@RequestParam String q) throws InterruptedException {
			String rendered = Integer.toString(this.content.get());
			if ("slow".equals(q)) {
				this.started.countDown();
				this.end.await();
			}
			return rendered;
		}

	}

}
