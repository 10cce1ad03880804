package io.github.cftracker.actuate;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import io.github.cftracker.CloudFrontInvalidator;
import io.github.cftracker.InvalidationRequest;
import io.github.cftracker.RunHandle;
import io.github.cftracker.test.AutoConfigureLocalCloudFront;
import io.github.cftracker.testing.TestRedis;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Hundreds of requests at once, with a real Redis.
 */
@Tag("full")
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "management.endpoints.web.exposure.include=*", "cf.tracker.key-prefix=many-requests",
				"cf.tracker.invalidation.calls-per-second=1000", "cf.tracker.redis.timeout=5s" })
@AutoConfigureLocalCloudFront
@DirtiesContext
class ManyRequestsTests {

	private static final Logger logger = LoggerFactory.getLogger(ManyRequestsTests.class);

	private final HttpClient http = HttpClient.newHttpClient();

	@LocalServerPort
	private int port;

	@Autowired
	private CloudFrontInvalidator invalidator;

	@DynamicPropertySource
	static void redis(DynamicPropertyRegistry registry) {
		registry.add("cf.tracker.redis-url", TestRedis.shared()::url);
	}

	@Test
	void hundredsOfRequestsAtOnceAreTaken() {
		List<CompletableFuture<HttpResponse<String>>> responses = new ArrayList<>();
		List<CompletableFuture<RunHandle>> handles = new ArrayList<>();
		ExecutorService callers = Executors.newFixedThreadPool(200);
		long start = System.nanoTime();
		try {
			for (int i = 0; i < 200; i++) {
				InvalidationRequest request = InvalidationRequest.ofPaths("/java/" + i);
				handles.add(CompletableFuture.supplyAsync(() -> this.invalidator.invalidate(request), callers));
				responses.add(this.http.sendAsync(post("{\"paths\":\"/post/" + i + "\"}"), BodyHandlers.ofString()));
			}
			assertThat(responses).extracting(CompletableFuture::join)
				.filteredOn((response) -> response.statusCode() != 202)
				.extracting(HttpResponse::body)
				.isEmpty();
			assertThat(handles).extracting((handle) -> handle.join().id()).doesNotHaveDuplicates();
			logger.info("200 POSTs and 200 calls were taken within {}", Duration.ofNanos(System.nanoTime() - start));
		}
		finally {
			callers.shutdownNow();
		}
	}

	private HttpRequest post(String json) {
		return HttpRequest.newBuilder(uri("/actuator/cfinvalidate"))
			.header("Content-Type", "application/json")
			.POST(BodyPublishers.ofString(json))
			.build();
	}

	private URI uri(String path) {
		return URI.create("http://127.0.0.1:" + this.port + path);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
