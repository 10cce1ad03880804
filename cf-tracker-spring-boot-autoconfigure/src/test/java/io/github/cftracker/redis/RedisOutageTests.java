package io.github.cftracker.redis;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import io.github.cftracker.TrackedPath;
import io.github.cftracker.UrlStore;
import io.github.cftracker.recording.PathRecorder;
import io.github.cftracker.testing.TestRedis;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Pages while Redis is gone. A page that waited for it would wait for at least one
 * command timeout: so many of those do not fit into the time a test has.
 */
@Tag("full")
@ExtendWith(OutputCaptureExtension.class)
class RedisOutageTests {

	private static final int PAGES = 500;

	private final HttpClient http = HttpClient.newHttpClient();

	@Test
	@Timeout(120)
	void pagesNeitherFailNorWaitAndAreTrackedOnceRedisIsBack(CapturedOutput output) throws Exception {
		try (TestRedis redis = TestRedis.start(); ConfigurableApplicationContext context = start(redis)) {
			UrlStore store = context.getBean(UrlStore.class);
			Set<String> expected = new TreeSet<>();

			expected.addAll(browse(context, "before"));
			Awaitility.await().until(() -> store.count() == PAGES);

			redis.pause();
			expected.addAll(browse(context, "hung"));
			Awaitility.await().until(() -> output.toString().contains("Tracked paths are kept in memory"));
			assertThat(context.getBean(PathRecorder.class).pending()).isEqualTo(PAGES);
			redis.resume();
			Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> store.count() == 2 * PAGES);

			redis.kill();
			expected.addAll(browse(context, "down"));
			redis.restart();
			// It comes back empty, and gets what it had acknowledged again
			Awaitility.await()
				.atMost(Duration.ofSeconds(30))
				.ignoreExceptions()
				.until(() -> store.count() == 3 * PAGES);
			assertThat(store.scan("/", 10_000)).extracting(TrackedPath::path)
				.containsExactlyInAnyOrderElementsOf(expected);
			Awaitility.await().until(() -> output.toString().contains("The redis store is available again"));
		}
	}

	@Test
	@Timeout(120)
	void startsAndServesWhileRedisIsDown() throws Exception {
		TestRedis redis = TestRedis.start();
		redis.kill();
		try (redis; ConfigurableApplicationContext context = start(redis)) {
			Set<String> expected = browse(context, "down");
			redis.restart();
			UrlStore store = context.getBean(UrlStore.class);
			Awaitility.await()
				.atMost(Duration.ofSeconds(30))
				.ignoreExceptions()
				.until(() -> store.count() == expected.size());
		}
	}

	@Test
	@Timeout(120)
	void tracksTheFolderAndSaysSoWhereTheBufferIsFull(CapturedOutput output) throws Exception {
		TestRedis redis = TestRedis.start();
		redis.kill();
		try (redis; ConfigurableApplicationContext context = start(redis, "cf.tracker.tracking.max-pending=300")) {
			Set<String> paths = browse(context, "down");
			Awaitility.await().until(() -> output.toString().contains("tracked as a wildcard of their folder"));
			PathRecorder recorder = context.getBean(PathRecorder.class);
			assertThat(recorder.pending()).isEqualTo(301);
			assertThat(recorder.dropped()).isZero();
			redis.restart();
			UrlStore store = context.getBean(UrlStore.class);
			Awaitility.await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> store.count() == 301);
			List<String> tracked = store.scan("/", 10_000).stream().map(TrackedPath::path).toList();
			assertThat(tracked).contains("/down/*");
			assertThat(paths).containsAll(tracked.stream().filter((path) -> !path.equals("/down/*")).toList());
		}
	}

	@Test
	@Timeout(120)
	void dropsAndSaysSoWhatDoesNotFitIntoTheBufferAndHasNoFolder(CapturedOutput output) throws Exception {
		TestRedis redis = TestRedis.start();
		redis.kill();
		try (redis; ConfigurableApplicationContext context = start(redis, "cf.tracker.tracking.max-pending=2")) {
			for (int i = 0; i < 5; i++) {
				send(context, "GET", "/page-" + i);
			}
			Awaitility.await().until(() -> context.getBean(PathRecorder.class).dropped() == 3);
			Awaitility.await().until(() -> output.toString().contains("paths were not tracked, because more than"));
			redis.restart();
			UrlStore store = context.getBean(UrlStore.class);
			Awaitility.await().atMost(Duration.ofSeconds(30)).ignoreExceptions().until(() -> store.count() == 2);
		}
	}

	@Test
	void theEndpointSaysThatTheStoreIsGone() throws Exception {
		TestRedis redis = TestRedis.start();
		redis.kill();
		try (redis; ConfigurableApplicationContext context = start(redis)) {
			for (String method : new String[] { "GET", "POST" }) {
				HttpResponse<String> response = send(context, method, "/actuator/cfinvalidate");
				assertThat(response.statusCode()).isEqualTo(503);
				assertThat(response.body()).contains("\"error\":\"Redis did not answer");
			}
			assertThat(send(context, "GET", "/actuator/cfpaths").statusCode()).isEqualTo(503);
			assertThat(send(context, "DELETE", "/actuator/cfpaths?path=/a").statusCode()).isEqualTo(503);
		}
	}

	@Test
	@Timeout(60)
	void aHandMadeConnectionThatHangsKeepsNobodyWaiting() throws Exception {
		try (TestRedis redis = TestRedis.start();
				ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
					.initializers((application) -> ((GenericApplicationContext) application).registerBean("handMade",
							RedisConnectionFactory.class,
							() -> new LettuceConnectionFactory("127.0.0.1", redis.port())))
					.properties("cf.tracker.distribution-id=E123", "server.port=0",
							"management.endpoints.web.exposure.include=cfinvalidate")
					.run()) {
			assertThat(send(context, "GET", "/actuator/cfinvalidate").statusCode()).isEqualTo(200);
			redis.pause();
			HttpResponse<String> response = send(context, "POST", "/actuator/cfinvalidate");
			assertThat(response.statusCode()).isEqualTo(503);
			assertThat(response.body()).contains("did not answer within PT5S");
			redis.resume();
		}
	}

	private Set<String> browse(ConfigurableApplicationContext context, String prefix) throws Exception {
		ExecutorService viewers = Executors.newFixedThreadPool(8);
		try {
			Set<String> paths = new TreeSet<>();
			IntStream.range(0, PAGES).forEach((i) -> paths.add("/%s/%d".formatted(prefix, i)));
			for (Future<Integer> status : paths.stream()
				.map((path) -> viewers.submit(() -> send(context, "GET", path).statusCode()))
				.toList()) {
				assertThat(status.get()).isEqualTo(200);
			}
			return paths;
		}
		finally {
			viewers.shutdownNow();
		}
	}

	private HttpResponse<String> send(ConfigurableApplicationContext context, String method, String path)
			throws Exception {
		String port = context.getEnvironment().getRequiredProperty("local.server.port");
		return this.http.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
			.method(method, HttpRequest.BodyPublishers.noBody())
			.build(), BodyHandlers.ofString());
	}

	private static ConfigurableApplicationContext start(TestRedis redis, String... properties) {
		return new SpringApplicationBuilder(Application.class)
			.properties("cf.tracker.distribution-id=E123", "cf.tracker.redis-url=" + redis.url(), "server.port=0",
					"management.endpoints.web.exposure.include=*")
			.properties(properties)
			.run();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@RestController
		static class Pages {

			@GetMapping({ "/{prefix}/{id}", "/{id}" })
			String page(@PathVariable String id) {
				return id;
			}

		}

	}

}
