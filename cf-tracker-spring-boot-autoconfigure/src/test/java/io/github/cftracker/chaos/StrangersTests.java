package io.github.cftracker.chaos;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.function.LongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.jayway.jsonpath.JsonPath;
import io.github.cftracker.test.Invalidation;
import io.github.cftracker.test.LocalCloudFront;
import io.github.cftracker.testing.ChildProcess;
import io.github.cftracker.testing.RedisTemplates;
import io.github.cftracker.testing.TestRedis;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.data.redis.core.RedisCallback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Strangers ask for {@code /?x=1}, {@code /?x=2} and so on through the edge, and each
 * gets a page. The application has 128 MB of heap.
 */
@Tag("full")
class StrangersTests {

	private static final long REQUESTS = Long.getLong("strangers.requests", 5_000);

	private static final long MAX_VARIANTS = Math.min(10_000, REQUESTS / 5);

	private static final Pattern PORT = Pattern.compile(" started on port (\\d+)");

	private static final long MEGABYTE = 1024 * 1024;

	private final HttpClient http = HttpClient.newHttpClient();

	@TempDir
	private Path directory;

	@ParameterizedTest
	@CsvSource({ "/?x={random}, /?* /search /products/7", "/search?q={random}&page=1, /search?* /search /products/7",
			"/products/{random}?x={random}, /products/* /search" })
	@Timeout(3600)
	void makeAFewItemsHoweverMuchTheyAskFor(String target, String items) throws Exception {
		LongFunction<String> targets = (i) -> target.replace("{random}", random(i));
		try (TestRedis redis = TestRedis.start();
				LocalCloudFront cloudFront = LocalCloudFront.builder().maxCachedObjects(10_000_000).start()) {
			ChildProcess node = start(cloudFront, redis);
			try {
				int port = awaitPort(node);
				cloudFront.origin(URI.create("http://127.0.0.1:" + port));
				// Others ask too
				Strangers viewers = new Strangers(cloudFront.edge());
				viewers.ask(1, (i) -> "/search");
				assertThat(viewers.ask(REQUESTS, targets)).isEqualTo(REQUESTS);
				viewers.ask(1, (i) -> "/products/7");
				String overview = get(port, "/actuator/cfinvalidate");
				long tracked = JsonPath.<Number>read(overview, "$.tracked").longValue();
				long cached = cloudFront.cachedObjects().size();
				String run = post(port, "/actuator/cfinvalidate?wait=60s");
				report(target, cached, tracked, cloudFront, port, redis);
				assertThat(JsonPath.<String>read(run, "$.state")).isEqualTo("COMPLETED");
				assertThat(cached).isGreaterThanOrEqualTo(REQUESTS);
				assertThat(cloudFront.invalidations().stream().map(Invalidation::paths).flatMap(List::stream))
					.containsExactlyInAnyOrder(items.split(" "));
				assertThat(cloudFront.cachedObjects().size()).isZero();
			}
			finally {
				node.kill();
			}
		}
	}

	/**
	 * The same for each number in every run, and no two alike.
	 */
	private static String random(long i) {
		return Long.toString((i * 0x9e3779b97f4a7c15L) & Long.MAX_VALUE, 36);
	}

	private ChildProcess start(LocalCloudFront cloudFront, TestRedis redis) {
		List<String> properties = List.of("server.port=0", "server.address=127.0.0.1",
				"cf.tracker.redis-url=" + redis.url(), "cf.tracker.distribution-id=" + cloudFront.distributionId(),
				"cf.tracker.endpoint=" + cloudFront.endpoint(), "cf.tracker.access-key=" + cloudFront.accessKey(),
				"cf.tracker.secret-key=" + cloudFront.secretKey(), "cf.tracker.redis.timeout=5s",
				"cf.tracker.tracking.max-variants=" + MAX_VARIANTS,
				"management.endpoints.web.exposure.include=cfinvalidate,metrics");
		return ChildProcess.startJava(StrangerNode.class, log(),
				Stream.concat(Stream.of("spring.main.banner-mode=off"), properties.stream())
					.map("--"::concat)
					.toList());
	}

	private Path log() {
		return this.directory.resolve("node.log");
	}

	/**
	 * Wait until the node has read the settings of the distribution and answers.
	 */
	private int awaitPort(ChildProcess node) throws IOException {
		try {
			return await().atMost(Duration.ofMinutes(3)).ignoreExceptions().until(() -> {
				String log = Files.readString(log());
				Matcher port = PORT.matcher(log);
				boolean isReady = port.find() && log.contains("Read the settings of distribution")
						&& !get(Integer.parseInt(port.group(1)), "/heap").isEmpty();
				return isReady ? Integer.parseInt(port.group(1)) : 0;
			}, (port) -> port > 0);
		}
		catch (ConditionTimeoutException ex) {
			throw new AssertionError("The node is not ready, and %s. Its log:%n%s"
				.formatted(node.isAlive() ? "alive" : "dead", Files.readString(log())), ex);
		}
	}

	private void report(String target, long cached, long tracked, LocalCloudFront cloudFront, int port, TestRedis redis)
			throws Exception {
		String folded = get(port, "/actuator/metrics/cf.tracker.paths.folded");
		String dropped = get(port, "/actuator/metrics/cf.tracker.paths.dropped");
		String row = "| `%s` | %,d | %,d | %,d | %,d | %,.0f | %,.0f | %,d | %,d |%n".formatted(target, REQUESTS,
				cached, tracked, cloudFront.billedItems(), JsonPath.<Double>read(folded, "$.measurements[0].value"),
				JsonPath.<Double>read(dropped, "$.measurements[0].value"),
				Long.parseLong(get(port, "/heap")) / MEGABYTE, peakOf(redis) / MEGABYTE);
		System.out.print(row);
		Path table = Path.of("target", "strangers", "table.md");
		Files.createDirectories(table.getParent());
		Files.writeString(table, row, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
		assertThat(peakOf(redis)).isLessThan(64 * MEGABYTE);
	}

	private static long peakOf(TestRedis redis) {
		return RedisTemplates.on(redis.port(), (template) -> template.execute((RedisCallback<Long>) (server) -> Long
			.valueOf(server.serverCommands().info("memory").getProperty("used_memory_peak"))));
	}

	private String get(int port, String target) throws Exception {
		return this.http.send(HttpRequest.newBuilder(uri(port, target)).build(), BodyHandlers.ofString()).body();
	}

	private String post(int port, String target) throws Exception {
		return this.http
			.send(HttpRequest.newBuilder(uri(port, target)).POST(BodyPublishers.noBody()).build(),
					BodyHandlers.ofString())
			.body();
	}

	private static URI uri(int port, String target) {
		return URI.create("http://127.0.0.1:" + port + target);
	}

}
