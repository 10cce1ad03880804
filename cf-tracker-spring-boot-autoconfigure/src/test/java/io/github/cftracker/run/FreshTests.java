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
import io.github.cftracker.Run.State;
import io.github.cftracker.test.AutoConfigureLocalCloudFront;
import io.github.cftracker.test.CachedObject;
import io.github.cftracker.test.LocalCloudFront;
import io.github.cftracker.testing.TestRedis;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Page whose rendering began before an invalidation and ended after it.
 */
class FreshTests {

	abstract static class SlowPageTests {

		private final HttpClient http = HttpClient.newHttpClient();

		@Autowired
		private LocalCloudFront cloudFront;

		@Autowired
		private CloudFrontInvalidator invalidator;

		@Autowired
		private Pages pages;

		@LocalServerPort
		private int port;

		@Test
		void doesNotLeaveItsOldContentInTheEdge() throws Exception {
			this.cloudFront.origin(URI.create("http://127.0.0.1:" + this.port));
			this.pages.content.set(1);
			get("/quick").join();
			Awaitility.await().until(() -> this.cloudFront.cachedObjects().size() == 1);
			CompletableFuture<HttpResponse<String>> slow = get("/slow");
			assertThat(this.pages.started.await(20, TimeUnit.SECONDS)).isTrue();
			this.pages.content.set(2);
			Run run = this.invalidator.invalidateAll().completion().get(20, TimeUnit.SECONDS);
			assertThat(run.state()).isEqualTo(State.COMPLETED);
			assertThat(run.paths()).isEqualTo(1);
			this.pages.end.countDown();
			assertThat(slow.get(20, TimeUnit.SECONDS).body()).isEqualTo("1");
			assertThat(this.cloudFront.cachedObjects()).extracting(CachedObject::target).contains("/slow");
			Awaitility.await().until(() -> this.cloudFront.cachedObjects().isEmpty());
			assertThat(get("/slow").get(20, TimeUnit.SECONDS).body()).isEqualTo("2");
			Run followed = this.invalidator.find(run.id()).orElseThrow();
			assertThat(followed.batches()).hasSize(2);
			assertThat(followed.batches().get(1).callerReference()).endsWith("-late-1");
		}

		private CompletableFuture<HttpResponse<String>> get(String path) {
			return this.http.sendAsync(HttpRequest.newBuilder(URI.create(this.cloudFront.edge() + path)).build(),
					BodyHandlers.ofString());
		}

	}

	@Nested
	@SpringBootTest(classes = Application.class, webEnvironment = WebEnvironment.RANDOM_PORT)
	@AutoConfigureLocalCloudFront
	@DirtiesContext
	class InRedis extends SlowPageTests {

		@DynamicPropertySource
		static void redis(DynamicPropertyRegistry registry) {
			registry.add("cf.tracker.redis-url", TestRedis.shared()::url);
		}

	}

	@Nested
	@SpringBootTest(classes = Application.class, webEnvironment = WebEnvironment.RANDOM_PORT,
			properties = "cf.tracker.store=memory")
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

		private final AtomicInteger content = new AtomicInteger();

		private final CountDownLatch started = new CountDownLatch(1);

		private final CountDownLatch end = new CountDownLatch(1);

		@GetMapping("/{name}")
		ResponseEntity<String> page(@PathVariable String name) throws InterruptedException {
			String rendered = Integer.toString(this.content.get());
			if ("slow".equals(name)) {
				this.started.countDown();
				this.end.await();
			}
			return ResponseEntity.ok().cacheControl(CacheControl.maxAge(1, TimeUnit.HOURS)).body(rendered);
		}

	}

}
