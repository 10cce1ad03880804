package io.github.cftracker.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

import com.sun.net.httpserver.HttpServer;
import io.github.cftracker.CloudFrontInvalidator;
import io.github.cftracker.TrackedPath;
import io.github.cftracker.UrlStore;
import io.github.cftracker.distribution.DistributionMirror;
import io.github.cftracker.test.CachedObject;
import io.github.cftracker.test.Invalidation;
import io.github.cftracker.test.LocalCloudFront;
import io.github.cftracker.testing.TestRedis;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A distribution with three cache behaviors: two ask this application, with different
 * cache policies, and one asks another origin.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "cf.tracker.tracking.ttl.grace=0", "cf.tracker.tracking.source=secret-header",
				"cf.tracker.tracking.secret-header.name=X-Origin-Secret",
				"cf.tracker.tracking.secret-header.values=the-next-secret,the-secret" })
@DirtiesContext
class MirroredDistributionTests {

	private static LocalCloudFront cloudFront;

	private static HttpServer media;

	@Autowired
	private UrlStore store;

	@Autowired
	private CloudFrontInvalidator invalidator;

	@Autowired
	private DistributionMirror mirror;

	@LocalServerPort
	private int port;

	@DynamicPropertySource
	static void properties(DynamicPropertyRegistry registry) throws IOException {
		media = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		media.createContext("/", (exchange) -> {
			exchange.sendResponseHeaders(200, -1);
			exchange.close();
		});
		media.start();
		cloudFront = LocalCloudFront.builder()
			.distribution((distribution) -> distribution.originDomainName("origin", "app.example.org")
				.originHeader("origin", "X-Origin-Secret", "the-secret")
				.origin("media", URI.create("http://127.0.0.1:" + media.getAddress().getPort()))
				.originDomainName("media", "media.example.org")
				.errorCachingMinTtl(404, Duration.ofMinutes(5))
				.behavior("/media/*", (behavior) -> behavior.origin("media"))
				.behavior("/api/*",
						(behavior) -> behavior.queryStrings("page")
							.forwardsAllQueryStrings()
							.ttl(Duration.ZERO, Duration.ofMinutes(10), Duration.ofHours(1)))
				.behavior("/account/*",
						(behavior) -> behavior.ttl(Duration.ofMinutes(1), Duration.ofMinutes(2), Duration.ofMinutes(3)))
				.behavior("/live/*", (behavior) -> behavior.ttl(Duration.ZERO, Duration.ZERO, Duration.ZERO)))
			.start();
		registry.add("cf.tracker.redis-url", TestRedis.shared()::url);
		registry.add("cf.tracker.key-prefix", () -> "mirrored");
		registry.add("cf.tracker.distribution-id", cloudFront::distributionId);
		registry.add("cf.tracker.endpoint", cloudFront::endpoint);
		registry.add("cf.tracker.access-key", cloudFront::accessKey);
		registry.add("cf.tracker.secret-key", cloudFront::secretKey);
	}

	@AfterAll
	static void stop() {
		cloudFront.close();
		media.stop(0);
	}

	@Test
	void tracksTheRightPathsForTheRightTimeAndNeverAnotherOrigins() throws Exception {
		await().until(() -> this.mirror.distribution() != null);
		cloudFront.origin(URI.create("http://127.0.0.1:" + this.port));
		assertThat(viewers("/products/7?ref=mail&x=1", "/api/items?page=2&ref=mail", "/api/items?ref=mail",
				"/api/long?page=1", "/account/me", "/live/score"))
			.containsOnly("Miss");
		assertThat(viewers("/missing")).containsExactly("Error");
		assertThat(viewers("/media/logo.png")).containsExactly("Miss");
		assertThat(viewers("/media/logo.png")).containsExactly("Hit");
		// Strangers ask the application itself
		RawClient.send(this.port, "GET", "/products/8");
		RawClient.send(this.port, "GET", "/media/logo.png", "X-Origin-Secret: a-guess", "Via: 2.0 (CloudFront)");

		Map<String, Long> expected = new TreeMap<>(Map.of("/products/7?ref=mail&x=1", 24 * 60L, "/api/items?page=2",
				10L, "/api/items", 10L, "/api/long?page=1", 60L, "/account/me", 1L, "/missing", 5L));
		await().untilAsserted(() -> assertThat(lifetimes()).isEqualTo(expected));

		this.invalidator.invalidateAll().completion().get(60, TimeUnit.SECONDS);
		assertThat(cloudFront.invalidations()).flatExtracting(Invalidation::paths)
			.containsExactlyInAnyOrderElementsOf(expected.keySet());
		assertThat(cloudFront.cachedObjects()).extracting(CachedObject::target).containsExactly("/media/logo.png");
		assertThat(viewers("/media/logo.png")).containsExactly("Hit");
	}

	private List<String> viewers(String... targets) {
		return List.of(targets).stream().map(this::ask).toList();
	}

	private String ask(String target) {
		try {
			String response = RawClient.send(cloudFront.edge().getPort(), "GET", target).text();
			String state = response.substring(response.indexOf("X-Cache: ") + 9);
			return state.substring(0, state.indexOf(' '));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * In minutes, rounded up: some seconds have passed.
	 */
	private Map<String, Long> lifetimes() {
		Map<String, Long> lifetimes = new TreeMap<>();
		for (TrackedPath path : this.store.scan("/", 100)) {
			lifetimes.put(path.path(), Duration.between(Instant.now(), path.expiresAt()).plusSeconds(50).toMinutes());
		}
		return lifetimes;
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@RestController
		static class Pages {

			@GetMapping({ "/products/{id}", "/api/items", "/live/score", "/media/{name}" })
			String page() {
				return "page";
			}

			@GetMapping("/api/long")
			ResponseEntity<String> aLongTime() {
				return ResponseEntity.ok().cacheControl(CacheControl.maxAge(1, TimeUnit.DAYS)).body("long");
			}

			@GetMapping("/account/me")
			ResponseEntity<String> account() {
				return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body("me");
			}

		}

	}

}
