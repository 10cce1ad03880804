package io.github.cftracker.actuate;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.cftracker.RunEvent;
import io.github.cftracker.UrlTracker;
import io.github.cftracker.recording.PathRecorder;
import io.github.cftracker.test.Fault;
import io.github.cftracker.test.LocalCloudFront;
import io.github.cftracker.testing.TestRedis;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Provokes each row of the table of failures in {@code docs/operations.md}, and looks for
 * its words in the log, in health and in the endpoint.
 */
@Tag("full")
@ExtendWith(OutputCaptureExtension.class)
class FailureTableTests {

	private static final String NOT_SET = "'cf.tracker.distribution-id' is not set";

	private static final Pattern CODE = Pattern.compile("`([^`]+)`");

	private static final Map<String, Failure> FAILURES = failures();

	@Test
	void everyRowIsProvoked() throws IOException {
		assertThat(rows()).extracting(Row::log).containsExactlyInAnyOrderElementsOf(FAILURES.keySet());
	}

	@TestFactory
	List<DynamicTest> saysWhatTheTableSays(CapturedOutput output) throws IOException {
		return rows().stream().map((row) -> DynamicTest.dynamicTest(row.log(), () -> check(row, output))).toList();
	}

	private static void check(Row row, CapturedOutput output) throws Exception {
		Failure failure = FAILURES.get(row.log());
		try (LocalCloudFront cloudFront = LocalCloudFront.builder().start(); TestRedis redis = TestRedis.start()) {
			int before = output.length();
			failure.before().accept(cloudFront);
			if (row.log().equals(NOT_SET)) {
				assertThatThrownBy(() -> SpringApplication.run(Application.class, "--server.port=0"));
				assertThat(output.toString().substring(before)).contains(row.log());
				return;
			}
			try (ServletWebServerApplicationContext context = start(cloudFront, redis, failure.properties())) {
				Situation situation = new Situation(context, cloudFront, redis);
				failure.provoke().in(situation);
				Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
					assertThat(output.toString().substring(before)).contains(row.log());
					assertThat(situation.get("/actuator/health/cfTracker")).contains(row.health());
					assertThat(situation.endpoint()).contains(row.endpoint());
				});
				redis.resume();
				cloudFront.clear();
			}
		}
	}

	private static Map<String, Failure> failures() {
		Map<String, Failure> failures = new LinkedHashMap<>();
		failures.put(NOT_SET, failure((situation) -> {
		}));
		failures.put("is not a property of cf-tracker. Did you mean",
				new Failure(List.of("cf.tracker.tracking.max-path=1"), (situation) -> {
				}));
		failures.put("Tracked paths are kept in memory", failure((situation) -> {
			situation.redis.kill();
			situation.track("/a");
		}));
		failures.put("Grant 'cloudfront:CreateInvalidation'", failure((situation) -> {
			situation.track("/a");
			situation.cloudFront.fail(1, Fault.ACCESS_DENIED);
			situation.invalidate();
		}));
		failures.put("Check 'cf.tracker.access-key' and 'cf.tracker.secret-key'",
				new Failure(List.of("cf.tracker.secret-key=another-secret-key"), Situation::trackAndInvalidate));
		failures.put("Check 'cf.tracker.distribution-id' ('",
				new Failure(List.of("cf.tracker.distribution-id=ENOSUCHONE"), Situation::trackAndInvalidate));
		failures.put("Retrying in", failure((situation) -> {
			situation.cloudFront.fail(100, Fault.TOO_MANY_IN_PROGRESS);
			situation.trackAndInvalidate();
		}));
		failures.put("gave up batch",
				new Failure(List.of("cf.tracker.invalidation.give-up-after=1s",
						"cf.tracker.invalidation.busy-backoff.min=100ms",
						"cf.tracker.invalidation.busy-backoff.max=200ms"), (situation) -> {
							situation.cloudFront.fail(1000, Fault.TOO_MANY_IN_PROGRESS);
							situation.trackAndInvalidate();
						}));
		failures.put("Not invalidated:", failure((situation) -> {
			situation.track("/~b");
			situation.trackAndInvalidate();
		}));
		failures.put("may be billed twice", failure((situation) -> {
			situation.cloudFront.refuseNext(400, "InvalidationBatchAlreadyExists", "Used before");
			situation.trackAndInvalidate();
		}));
		failures.put("all paths are still tracked",
				new Failure(List.of("cf.tracker.invalidation.budget.items-per-month=1",
						"cf.tracker.invalidation.budget.on-excess=reject"), (situation) -> {
							situation.track("/b");
							situation.trackAndInvalidate();
						}));
		failures.put("Fewer replicas than 'cf.tracker.redis.wait-replicas' have stored the batch",
				new Failure(List.of("cf.tracker.redis.wait-replicas=1"), Situation::trackAndInvalidate));
		failures.put("Redis stores nothing on disk", failure((situation) -> {
		}));
		failures.put("store lost acknowledged writes", failure((situation) -> {
			situation.track("/a");
			situation.empty();
			situation.track("/b");
		}));
		failures.put("paths were not tracked", new Failure(
				List.of("cf.tracker.tracking.max-pending=1", "cf.tracker.tracking.flush-interval=1s"), (situation) -> {
					for (int i = 0; i < 5; i++) {
						situation.context.getBean(UrlTracker.class).track("/" + i);
					}
				}));
		failures.put("cannot be read, so the properties are used", new Failure(List.of(),
				(cloudFront) -> cloudFront.refuseReading("GetDistributionConfig", 403, "AccessDenied", "Not yours"),
				(situation) -> {
				}));
		failures.put("A listener failed for run", new Failure(List.of(), (situation) -> {
			situation.context.getBean(Application.class).broken = true;
			situation.trackAndInvalidate();
		}));
		return failures;
	}

	private static Failure failure(Provocation provoke) {
		return new Failure(List.of(), provoke);
	}

	private static List<Row> rows() throws IOException {
		List<String> lines = Files.readAllLines(Path.of("../docs/operations.md"));
		int header = lines.indexOf("| log | health | endpoint | why | what to do |");
		return lines.subList(header + 2, lines.size())
			.stream()
			.takeWhile((line) -> line.startsWith("| "))
			.map((line) -> line.split("\\|"))
			.map((cells) -> new Row(code(cells[1]), code(cells[2]), code(cells[3])))
			.toList();
	}

	private static String code(String cell) {
		Matcher matcher = CODE.matcher(cell);
		return matcher.find() ? matcher.group(1) : "";
	}

	private static ServletWebServerApplicationContext start(LocalCloudFront cloudFront, TestRedis redis,
			List<String> properties) {
		List<String> all = new ArrayList<>(Arrays.asList("server.port=0", "spring.main.banner-mode=off",
				"management.endpoints.web.exposure.include=*", "management.endpoint.health.show-details=always",
				"cf.tracker.redis-url=" + redis.url(), "cf.tracker.endpoint=" + cloudFront.endpoint(),
				"cf.tracker.distribution-id=" + cloudFront.distributionId(),
				"cf.tracker.access-key=" + cloudFront.accessKey(), "cf.tracker.secret-key=" + cloudFront.secretKey()));
		List<String> names = properties.stream().map((property) -> property.split("=")[0] + "=").toList();
		all.removeIf((property) -> names.stream().anyMatch(property::startsWith));
		all.addAll(properties);
		return (ServletWebServerApplicationContext) new SpringApplicationBuilder(Application.class)
			.run(all.stream().map("--"::concat).toArray(String[]::new));
	}

	/**
	 * A row of the table.
	 *
	 * @param log what the log says
	 * @param health what health says
	 * @param endpoint what the endpoint says
	 */
	private record Row(String log, String health, String endpoint) {
	}

	/**
	 * How a failure comes about.
	 *
	 * @param properties what is set
	 * @param before how CloudFront is when the application starts
	 * @param provoke what happens
	 */
	private record Failure(List<String> properties, Consumer<LocalCloudFront> before, Provocation provoke) {

		Failure(List<String> properties, Provocation provoke) {
			this(properties, (cloudFront) -> {
			}, provoke);
		}

	}

	@FunctionalInterface
	private interface Provocation {

		void in(Situation situation) throws Exception;

	}

	/**
	 * A running application.
	 */
	private static final class Situation {

		private final HttpClient http = HttpClient.newHttpClient();

		private final ServletWebServerApplicationContext context;

		private final LocalCloudFront cloudFront;

		private final TestRedis redis;

		private String run = "";

		Situation(ServletWebServerApplicationContext context, LocalCloudFront cloudFront, TestRedis redis) {
			this.context = context;
			this.cloudFront = cloudFront;
			this.redis = redis;
		}

		void track(String path) {
			this.context.getBean(UrlTracker.class).track(path);
			Awaitility.await()
				.until(() -> this.context.getBean(PathRecorder.class).pending() == 0
						|| this.context.getBean(PathRecorder.class).flushes().failures() > 0);
		}

		void invalidate() throws Exception {
			String body = send(HttpRequest.newBuilder(uri("/actuator/cfinvalidate")).POST(BodyPublishers.noBody()));
			this.run = body.replaceAll(".*?\"id\":\"([^\"]+)\".*", "/$1");
		}

		void trackAndInvalidate() throws Exception {
			track("/a");
			invalidate();
		}

		void empty() {
			RedisClient client = RedisClient.create(this.redis.url());
			try (StatefulRedisConnection<String, String> connection = client.connect()) {
				connection.sync().flushall();
			}
			finally {
				client.shutdown();
			}
		}

		String endpoint() throws Exception {
			return get("/actuator/cfinvalidate" + this.run);
		}

		String get(String path) throws Exception {
			return send(HttpRequest.newBuilder(uri(path)));
		}

		private URI uri(String path) {
			return URI.create("http://localhost:" + this.context.getWebServer().getPort() + path);
		}

		private String send(HttpRequest.Builder request) throws Exception {
			return this.http.send(request.build(), BodyHandlers.ofString()).body();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		private volatile boolean broken;

		@EventListener
		void listen(RunEvent event) {
			if (this.broken) {
				throw new IllegalStateException("Broken");
			}
		}

	}

}
