package io.github.cftracker.actuate;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;

import com.jayway.jsonpath.JsonPath;
import io.github.cftracker.CloudFrontInvalidator;
import io.github.cftracker.Finding;
import io.github.cftracker.InvalidationRequest;
import io.github.cftracker.ResponseTags;
import io.github.cftracker.Run;
import io.github.cftracker.UrlStore;
import io.github.cftracker.UrlTracker;
import io.github.cftracker.distribution.Distribution;
import io.github.cftracker.distribution.DistributionClient;
import io.github.cftracker.distribution.DistributionDoctor;
import io.github.cftracker.distribution.DistributionMirror;
import io.github.cftracker.distribution.FindingType;
import io.github.cftracker.distribution.UnreadSettings;
import io.github.cftracker.recording.PathRecorder;
import io.github.cftracker.test.BehaviorSettings;
import io.github.cftracker.test.DistributionSettings;
import io.github.cftracker.test.Fault;
import io.github.cftracker.test.LocalCloudFront;
import io.github.cftracker.testing.Distributions;
import io.github.cftracker.testing.TestRedis;
import io.github.cftracker.tracking.Decision;
import io.github.cftracker.tracking.TrackingRules;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Provokes each type of finding in a running application, fixes it, and ensures that it
 * is gone. Writes the table of {@code docs/findings.md} with {@code -Ddocs.write=true},
 * and compares it otherwise.
 */
class FindingTableTests {

	private static final Path DOCUMENT = Path.of("../docs/findings.md");

	private static final String BEGIN = "<!-- table -->\n";

	private static final String NO_STORE = "no-cache, no-store, max-age=0, must-revalidate";

	private static final String VIEWER_PATH = "cf.tracker.tracking.path-header=X-Viewer-Path";

	private static final Duration MINUTE = Duration.ofMinutes(1);

	private static final Duration DAY = Duration.ofDays(1);

	private static final Map<FindingType, Case> CASES = cases();

	@Test
	void everyTypeIsProvoked() {
		assertThat(CASES.keySet()).containsExactly(FindingType.values());
	}

	@Test
	void documentHasEveryType() throws IOException {
		assertThat(Files.readAllLines(DOCUMENT).stream().filter((line) -> line.startsWith("| `")))
			.extracting((line) -> line.substring(3, line.indexOf('`', 3)))
			.containsExactlyElementsOf(CASES.keySet().stream().map(FindingType::id).toList());
	}

	@Tag("full")
	@TestFactory
	Stream<DynamicTest> findingIsReportedAndGoneAfterItsFix() {
		Map<FindingType, String> rows = new EnumMap<>(FindingType.class);
		Stream<DynamicTest> tests = CASES.entrySet()
			.stream()
			.map((entry) -> DynamicTest.dynamicTest(entry.getKey().id(),
					() -> rows.put(entry.getKey(), provoke(entry.getKey(), entry.getValue()))));
		return Stream.concat(tests, Stream.of(DynamicTest.dynamicTest("docs/findings.md", () -> check(rows))));
	}

	private static String provoke(FindingType type, Case example) throws Exception {
		try (LocalCloudFront cloudFront = LocalCloudFront.builder().completesAfter(Duration.ZERO).start();
				TestRedis redis = example.needsRedis ? TestRedis.start() : null) {
			example.before.accept(cloudFront);
			String row;
			try (Situation situation = new Situation(example, cloudFront, redis, example.properties)) {
				example.provoke.in(situation);
				Awaitility.await().untilAsserted(() -> situation.find(type));
				Finding finding = situation.find(type);
				assertThat(situation.get("/actuator/health/cfTracker")).contains(finding.fix());
				// Its text may have changed since
				row = row(finding,
						situation.bean(DistributionDoctor.class)
							.findingsOfRuns()
							.stream()
							.anyMatch((found) -> found.id().equals(finding.id())));
				if (example.fix != null) {
					example.fix.in(situation);
					Awaitility.await().untilAsserted(() -> situation.miss(type));
					return row;
				}
			}
			try (Situation fixed = new Situation(example, cloudFront, redis, example.fixedProperties)) {
				example.provokeFixed.in(fixed);
				fixed.awaitLaterRequest();
				fixed.miss(type);
				return row;
			}
		}
	}

	private static String row(Finding finding, boolean onRuns) {
		String problem = finding.problem()
			.replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}", "c9e531be-28b8-4ccc-b987-966bf17c2bd8")
			.replaceAll("localhost:\\d+", "localhost:8080")
			.replaceAll("Redis did not answer: .*", "Redis did not answer: Connection refused.");
		return "| `%s` | %s | %s | %s |%n".formatted(finding.id(), cell(problem), cell(finding.fix()),
				onRuns ? "yes" : "no");
	}

	private static String cell(String text) {
		return text.replace("|", "\\|").replace("*", "\\*").replace("<", "&lt;");
	}

	private static void check(Map<FindingType, String> rows) throws IOException {
		assertThat(rows).hasSameSizeAs(CASES);
		String document = Files.readString(DOCUMENT);
		int begin = document.indexOf(BEGIN) + BEGIN.length();
		int first = document.indexOf("\n", document.indexOf("|---", begin)) + 1;
		int end = document.indexOf("\n\n", first);
		String expected = document.substring(0, first) + String.join("", rows.values())
				+ ((end != -1) ? document.substring(end + 1) : "");
		if (Boolean.getBoolean("docs.write")) {
			Files.writeString(DOCUMENT, expected);
		}
		assertThat(Files.readString(DOCUMENT)).isEqualTo(expected);
	}

	private static Map<FindingType, Case> cases() {
		Map<FindingType, Case> cases = new EnumMap<>(FindingType.class);
		addSettings(cases);
		addDeployments(cases);
		addExpectations(cases);
		addFunctions(cases);
		addRequests(cases);
		addResponses(cases);
		addLimitsAndStore(cases);
		addRuns(cases);
		return cases;
	}

	private static void addSettings(Map<FindingType, Case> cases) {
		cases.put(FindingType.SETTINGS_UNREADABLE,
				unreadable("GetDistributionConfig", 403, "AccessDenied", "You may not read this distribution"));
		cases.put(FindingType.DISTRIBUTION_NOT_FOUND,
				new Case().with("cf.tracker.distribution-id=ENOSUCHONE").fixedBy(List.of()));
		cases.put(FindingType.SDK_TOO_OLD, constructed(new Distribution(Set.of(), "", null,
				Distributions.of("*=app").behaviors(), Map.of(),
				new UnreadSettings("AWS SDK 2.30.0 is older than 2.59.1", Set.of(UnreadSettings.Setting.CACHE_TAGS)))));
		cases.put(FindingType.SETTINGS_CHANGED, new Case()
			.provokedBy((situation) -> situation.settings((distribution) -> distribution
				.defaultBehavior((behavior) -> behavior.ttl(Duration.ZERO, DAY.multipliedBy(7), DAY.multipliedBy(9)))))
			.fixedBy((situation) -> situation.bean(CloudFrontInvalidator.class)
				.invalidate(InvalidationRequest.builder().paths(List.of("/*")).build())
				.completion()
				.get(60, TimeUnit.SECONDS)));
		cases.put(FindingType.CACHE_POLICY_MISSING,
				unreadable("GetCachePolicy", 404, "NoSuchCachePolicy", "The cache policy does not exist"));
		cases.put(FindingType.CACHE_POLICY_UNREADABLE,
				unreadable("GetCachePolicy", 403, "AccessDenied", "You may not read this policy"));
		cases.put(FindingType.TENANT_ONLY, settings((distribution) -> distribution.tenantOnly(true)));
		cases.put(FindingType.DISTRIBUTION_DISABLED, settings((distribution) -> distribution.enabled(false)));
		cases.put(FindingType.NO_APPLICATION_ORIGIN,
				settings((distribution) -> distribution.s3Origin("bucket", URI.create("http://localhost:1"))
					.defaultBehavior((behavior) -> behavior.origin("bucket"))));
		cases.put(FindingType.NOTHING_CACHED, settings((distribution) -> distribution
			.defaultBehavior((behavior) -> behavior.ttl(Duration.ZERO, Duration.ZERO, Duration.ZERO))));
	}

	private static void addDeployments(Map<FindingType, Case> cases) {
		cases.put(FindingType.STAGING_DISTRIBUTION, settings((distribution) -> distribution.staging(true)));
		cases.put(FindingType.CONTINUOUS_DEPLOYMENT, settings(
				(distribution) -> distribution.continuousDeploymentPolicy("c9e531be-28b8-4ccc-b987-966bf17c2bd8")));
	}

	private static void addExpectations(Map<FindingType, Case> cases) {
		cases.put(FindingType.UNKNOWN_ORIGIN_ID, new Case().with("cf.tracker.distribution.origin-id=app")
			.fixedBy(List.of("cf.tracker.distribution.origin-id=origin")));
		cases.put(FindingType.ORIGIN_PATH_MISMATCH,
				new Case().with("cf.tracker.tracking.origin-path=/shop").fixedBy(List.of()));
		cases.put(FindingType.SECRET_HEADER_MISSING, new Case()
			.with("cf.tracker.tracking.source=secret-header", "cf.tracker.tracking.secret-header.name=X-Origin-Secret",
					"cf.tracker.tracking.secret-header.values=the-secret")
			.fixedBy((situation) -> situation
				.settings((distribution) -> distribution.originHeader("origin", "X-Origin-Secret", "the-secret"))));
		cases.put(FindingType.QUERY_STRING_MISMATCH, new Case().with("cf.tracker.tracking.query-string.mode=none")
			.fixedBy(List.of("cf.tracker.tracking.query-string.mode=auto")));
		cases.put(FindingType.TAG_HEADER_MISMATCH, new Case().with("cf.tracker.tags.header=Cache-Tag")
			.fixedBy((situation) -> situation.settings((distribution) -> distribution.cacheTagHeader("Cache-Tag"))));
	}

	private static void addFunctions(Map<FindingType, Case> cases) {
		Consumer<BehaviorSettings> behindCache = (behavior) -> behavior.originRequest("rewrite",
				FindingTableTests::withoutShop, "X-Viewer-Path");
		Consumer<BehaviorSettings> beforeCache = (behavior) -> behavior.viewerRequest("rewrite",
				FindingTableTests::withoutShop);
		cases.put(FindingType.ORIGIN_REQUEST_FUNCTION, function(behindCache).fixedBy(List.of(VIEWER_PATH)));
		cases.put(FindingType.VIEWER_REQUEST_FUNCTION, function(beforeCache).fixedBy(List.of(VIEWER_PATH)));
		cases.put(FindingType.ORIGIN_FAILOVER,
				settings((distribution) -> distribution.s3Origin("bucket", URI.create("http://localhost:1"))
					.originGroup("both", "origin", "bucket", 404)
					.defaultBehavior((behavior) -> behavior.origin("both"))));
		cases.put(FindingType.PATH_REWRITTEN,
				function(behindCache)
					.provokedBy((situation) -> situation.respond("/cart", "X-Viewer-Path", "/shop/cart"))
					.fixedBy(List.of(VIEWER_PATH)));
		cases.put(FindingType.PATH_HEADER_MISSING, function(behindCache).with(VIEWER_PATH)
			.provokedBy((situation) -> situation.respond("/shop/cart"))
			.fixedBy(List.of(VIEWER_PATH), (situation) -> situation.respond("/cart", "X-Viewer-Path", "/shop/cart")));
		cases.put(FindingType.PATH_OUTSIDE_BEHAVIORS, new Case()
			.before((cloudFront) -> cloudFront
				.distribution((distribution) -> distribution.s3Origin("bucket", URI.create("http://localhost:1"))
					.behavior("/shop/*", (behavior) -> behavior.origin("origin"))
					.defaultBehavior((behavior) -> behavior.origin("bucket"))))
			.provokedBy((situation) -> situation.respond("/cart", "X-Viewer-Path", "/shop/cart"))
			.fixedBy(List.of(VIEWER_PATH)));
	}

	private static void addRequests(Map<FindingType, Case> cases) {
		cases.put(FindingType.UNKNOWN_ORIGIN,
				new Case()
					.before((cloudFront) -> cloudFront
						.distribution((distribution) -> distribution.originDomainName("origin", "app.example.org")
							.origin("api", URI.create("http://localhost:1"))
							.originDomainName("api", "api.example.org")
							.behavior("/api/*", (behavior) -> behavior.origin("api"))))
					.provokedBy((situation) -> situation.respond("/a"))
					.fixedBy(List.of("cf.tracker.distribution.origin-id=origin")));
		cases.put(FindingType.PATH_NOT_TRACKABLE, new Case().provokedBy((situation) -> situation.respond("/*"))
			.fixedBy(List.of(), (situation) -> situation.respond("/*", "X-Status", "404")));
		cases.put(FindingType.BEHAVIOR_CACHES_NOTHING,
				new Case()
					.before((cloudFront) -> cloudFront.distribution((distribution) -> distribution.behavior("/live/*",
							(behavior) -> behavior.ttl(Duration.ZERO, Duration.ZERO, Duration.ZERO))))
					.provokedBy((situation) -> situation.respond("/live/score", "X-Cache-Control", "s-maxage=60"))
					.fixedBy(List.of("cf.tracker.tracking.exclude=/live/**"), (situation) -> {
						// It is not decided about what is excluded
						situation.get("/live/score", "X-Cache-Control", "s-maxage=60");
					}));
		cases.put(FindingType.CACHED_DESPITE_NO_STORE, new Case()
			.before((cloudFront) -> cloudFront.distribution(
					(distribution) -> distribution.defaultBehavior((behavior) -> behavior.ttl(MINUTE, DAY, DAY))))
			.provokedBy((situation) -> situation.respond("/account", "X-Cache-Control", NO_STORE))
			.fixedBy((situation) -> {
				situation.settings((distribution) -> {
				});
				situation.respond("/account", "X-Cache-Control", NO_STORE);
			}));
		cases.put(FindingType.FILTER_OUTSIDE,
				new Case().with("cf.tracker.tracking.filter-order=100")
					.provokedBy((situation) -> assertThat(situation.bean(DistributionDoctor.class).findings())
						.noneMatch((finding) -> finding.problem().contains("io.github.cftracker")))
					.fixedBy(List.of()));
	}

	private static void addResponses(Map<FindingType, Case> cases) {
		cases.put(FindingType.NOT_FOUND_UNTRACKED, new Case().provokedBy((situation) -> {
			situation.respond("/news/7");
			situation.respond("/news/7", "X-Status", "404");
		}).fixedBy(List.of("cf.tracker.tracking.not-found=keep")));
		cases.put(FindingType.SESSION_ID_IN_PATH,
				new Case()
					.provokedBy(
							(situation) -> situation.respond(situation.respond("/", "X-Link", "/products/7").body()))
					.fixedBy(List.of("server.servlet.session.tracking-modes=cookie")));
		cases.put(FindingType.SET_COOKIE_CACHED, new Case()
			.provokedBy((situation) -> situation.respond("/a", "X-Cookie", "1", "X-Cache-Control", "s-maxage=60"))
			.fixedBy(List.of(), (situation) -> situation.respond("/a", "X-Cookie", "1", "X-Cache-Control", NO_STORE)));
		cases.put(FindingType.NOTHING_CACHEABLE,
				new Case().provokedBy((situation) -> situation.respondOften(100, NO_STORE))
					.fixedBy((situation) -> situation.respondOften(100, "s-maxage=3600")));
		cases.put(FindingType.BROWSER_CACHE,
				new Case().provokedBy((situation) -> situation.respondOften(20, "max-age=3600"))
					.fixedBy((situation) -> situation.respondOften(200, "max-age=0, s-maxage=3600")));
		cases.put(FindingType.TAGS_INCOMPLETE, new Case()
			.before((cloudFront) -> cloudFront.distribution((distribution) -> distribution.cacheTagHeader("Cache-Tag")))
			.with("cf.tracker.tags.header=Cache-Tag")
			.provokedBy((situation) -> situation.respond("/a", "X-Late-Tag", "product"))
			.fixedBy(List.of("cf.tracker.tags.header=Cache-Tag"),
					(situation) -> situation.respond("/a", "X-Tag", "product")));
	}

	private static void addLimitsAndStore(Map<FindingType, Case> cases) {
		cases.put(FindingType.PATHS_DROPPED,
				new Case().with("cf.tracker.tracking.max-variants=2").provokedBy((situation) -> {
					for (int i = 0; i < 5; i++) {
						situation.respond("/" + i);
					}
				}).fixedBy(List.of("cf.tracker.tracking.max-variants=10")));
		cases.put(FindingType.STORE_NOT_WRITTEN, new Case().needsRedis().provokedBy((situation) -> {
			situation.redis().kill();
			situation.bean(UrlTracker.class).track("/a");
		}).fixedBy((situation) -> situation.redis().restart()));
		cases.put(FindingType.RUNS_STOPPED,
				new Case().needsRedis()
					.provokedBy((situation) -> situation.redis().kill())
					.fixedBy((situation) -> situation.redis().restart()));
	}

	private static void addRuns(Map<FindingType, Case> cases) {
		cases.put(FindingType.RUN_FAILED, new Case().provokedBy((situation) -> {
			situation.cloudFront.fail(1, Fault.ACCESS_DENIED);
			situation.invalidate();
		}).fixedBy(Situation::invalidate));
		cases.put(FindingType.COMPLETION_UNKNOWN, new Case().provokedBy((situation) -> {
			situation.cloudFront.refuse("GetInvalidation", LocalCloudFront.ALWAYS, 403, "AccessDenied",
					"You may not ask");
			situation.invalidate();
		}).fixedBy((situation) -> {
			situation.cloudFront.clearFaults();
			situation.invalidate();
		}));
		cases.put(FindingType.RUNS_UNREADABLE, new Case().needsRedis().provokedBy((situation) -> {
			String id = situation.invalidate().id();
			situation.inRedis((redis) -> redis.hset(situation.keyOf(redis, id), "state", "PAUSED"));
		}).fixedBy((situation) -> situation.inRedis((redis) -> redis.del(situation.keyOf(redis, "")))));
	}

	private static Case unreadable(String operation, int status, String code, String message) {
		return new Case().before((cloudFront) -> cloudFront.refuseReading(operation, status, code, message))
			.fixedBy((situation) -> {
				situation.cloudFront.allowReading();
				situation.reread();
			});
	}

	private static Case settings(Consumer<DistributionSettings> settings) {
		return new Case().before((cloudFront) -> cloudFront.distribution(settings))
			.fixedBy((situation) -> situation.settings((distribution) -> {
			}));
	}

	/**
	 * A distribution as an old AWS SDK reads it.
	 */
	private static Case constructed(Distribution distribution) {
		Case example = new Case().fixedBy((situation) -> {
			situation.example.distribution.set(Distributions.of("*=app"));
			situation.reread();
		});
		example.distribution.set(distribution);
		return example;
	}

	/**
	 * A function of the only cache behavior that forwards to the application.
	 */
	private static Case function(Consumer<BehaviorSettings> function) {
		return new Case().before((cloudFront) -> cloudFront
			.distribution((distribution) -> distribution.s3Origin("bucket", URI.create("http://localhost:1"))
				.behavior("/shop/*", (behavior) -> function.accept(behavior.origin("origin")))
				.defaultBehavior((behavior) -> behavior.origin("bucket"))));
	}

	private static String withoutShop(String path) {
		return path.substring("/shop".length());
	}

	@FunctionalInterface
	private interface Action {

		void in(Situation situation) throws Exception;

	}

	/**
	 * How a finding comes about, and what fixes it: an action, or a restart with other
	 * properties.
	 */
	private static final class Case {

		private final AtomicReference<Distribution> distribution = new AtomicReference<>();

		private List<String> properties = List.of();

		private Consumer<LocalCloudFront> before = (cloudFront) -> {
		};

		private boolean needsRedis;

		private Action provoke = (situation) -> {
		};

		private Action fix;

		private List<String> fixedProperties = List.of();

		private Action provokeFixed;

		Case with(String... properties) {
			this.properties = List.of(properties);
			return this;
		}

		Case before(Consumer<LocalCloudFront> before) {
			this.before = before;
			return this;
		}

		Case needsRedis() {
			this.needsRedis = true;
			return this;
		}

		Case provokedBy(Action provoke) {
			this.provoke = provoke;
			return this;
		}

		Case fixedBy(Action fix) {
			this.fix = fix;
			return this;
		}

		Case fixedBy(List<String> properties) {
			return fixedBy(properties, this.provoke);
		}

		Case fixedBy(List<String> properties, Action provoke) {
			this.fix = null;
			this.fixedProperties = properties;
			this.provokeFixed = provoke;
			return this;
		}

	}

	/**
	 * A running application.
	 */
	private static final class Situation implements AutoCloseable {

		private final HttpClient http = HttpClient.newHttpClient();

		private final Case example;

		private final LocalCloudFront cloudFront;

		private final TestRedis redis;

		private final ServletWebServerApplicationContext context;

		private int requests;

		Situation(Case example, LocalCloudFront cloudFront, TestRedis redis, List<String> properties) {
			this.example = example;
			this.cloudFront = cloudFront;
			this.redis = redis;
			List<String> all = new ArrayList<>(List.of("server.port=0", "spring.main.banner-mode=off",
					"management.endpoints.web.exposure.include=*", "management.endpoint.health.show-details=always",
					"cf.tracker.endpoint=" + cloudFront.endpoint(), "cf.tracker.access-key=" + cloudFront.accessKey(),
					"cf.tracker.secret-key=" + cloudFront.secretKey(),
					(redis != null) ? "cf.tracker.redis-url=" + redis.url() : "cf.tracker.store=memory"));
			if (properties.stream().noneMatch((property) -> property.startsWith("cf.tracker.distribution-id="))) {
				all.add("cf.tracker.distribution-id=" + cloudFront.distributionId());
			}
			all.addAll(properties);
			this.context = (ServletWebServerApplicationContext) new SpringApplicationBuilder(Application.class)
				.initializers((context) -> {
					if (example.distribution.get() != null) {
						context.getBeanFactory()
							.addBeanPostProcessor(new ConstructedSettings(example.distribution::get));
					}
				})
				.run(all.stream().map("--"::concat).toArray(String[]::new));
			bean(DistributionMirror.class).await(Duration.ofSeconds(10));
		}

		<T> T bean(Class<T> type) {
			return this.context.getBean(type);
		}

		TestRedis redis() {
			assertThat(this.redis).isNotNull();
			return this.redis;
		}

		Finding find(FindingType type) throws Exception {
			List<Finding> found = found(type);
			assertThat(found).isNotEmpty();
			if (this.redis == null) {
				assertThat(get("/actuator/cfinvalidate")).contains("{\"id\":\"" + type.id() + "\",\"problem\":\"");
			}
			return found.get(0);
		}

		void miss(FindingType type) throws Exception {
			String overview = get("/actuator/cfinvalidate");
			assertThat(overview).as("while the store does not answer there is an error").contains("\"findings\":[");
			List<String> ids = JsonPath.read(overview, "$.findings[*].id");
			assertThat(ids).doesNotContain(type.id());
			assertThat(found(type)).isEmpty();
		}

		private List<Finding> found(FindingType type) throws Exception {
			// Health looks for runs that cannot be read
			get("/actuator/health/cfTracker");
			return bean(DistributionDoctor.class).findings()
				.stream()
				.filter((finding) -> finding.id().equals(type.id()))
				.toList();
		}

		void settings(Consumer<DistributionSettings> settings) {
			this.cloudFront.distribution(settings);
			reread();
		}

		void reread() {
			DistributionMirror mirror = bean(DistributionMirror.class);
			Distribution before = mirror.distribution();
			mirror.stop();
			mirror.start();
			Awaitility.await().until(() -> mirror.distribution() != before);
		}

		void respondOften(int times, String cacheControl) throws Exception {
			for (int i = 0; i < times; i++) {
				respond("/products/" + i, "X-Cache-Control", cacheControl);
			}
		}

		/**
		 * Send a request as CloudFront does.
		 */
		HttpResponse<String> respond(String path, String... headers) throws Exception {
			HttpRequest.Builder request = HttpRequest.newBuilder(uri(path)).header("X-Amz-Cf-Id", "abc");
			if (headers.length > 0) {
				request.headers(headers);
			}
			HttpResponse<String> response = this.http.send(request.build(), BodyHandlers.ofString());
			this.requests++;
			// The container sends the response before the filter decides about it
			Awaitility.await().pollInterval(Duration.ofMillis(5)).until(() -> decided() == this.requests);
			bean(PathRecorder.class).flush();
			return response;
		}

		private long decided() {
			TrackingRules rules = bean(TrackingRules.class);
			return Arrays.stream(Decision.Action.values()).mapToLong(rules::decisions).sum();
		}

		Run invalidate() throws Exception {
			bean(UrlTracker.class).track("/a");
			return bean(CloudFrontInvalidator.class).invalidateAll().completion().get(60, TimeUnit.SECONDS);
		}

		void inRedis(Consumer<RedisCommands<String, String>> action) {
			RedisClient client = RedisClient.create(redis().url());
			try (StatefulRedisConnection<String, String> connection = client.connect()) {
				action.accept(connection.sync());
			}
			finally {
				client.shutdown();
			}
		}

		String keyOf(RedisCommands<String, String> redis, String run) {
			return redis.keys("*run:" + (run.isEmpty() ? "*-*" : run)).get(0);
		}

		/**
		 * Track another page, after everything that requests before it have shown.
		 */
		void awaitLaterRequest() throws Exception {
			respond("/shop/later", "X-Viewer-Path", "/shop/later");
			Awaitility.await().untilAsserted(() -> {
				bean(PathRecorder.class).flush();
				assertThat(bean(UrlStore.class).scan("/shop/later", 1)).hasSize(1);
			});
		}

		String get(String path, String... headers) throws Exception {
			HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
			if (headers.length > 0) {
				request.headers(headers);
			}
			return this.http.send(request.build(), BodyHandlers.ofString()).body();
		}

		private URI uri(String path) {
			return URI.create("http://localhost:" + this.context.getWebServer().getPort() + path);
		}

		@Override
		public void close() {
			this.context.close();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Pages.class)
	static class Application {

	}

	/**
	 * Pages that do what the headers of the request demand.
	 */
	@RestController
	static class Pages {

		@GetMapping("/**")
		void page(HttpServletRequest request, HttpServletResponse response) throws IOException {
			String status = request.getHeader("X-Status");
			response.setStatus((status != null) ? Integer.parseInt(status) : 200);
			response.setContentType("text/html");
			if (request.getHeader("X-Cache-Control") != null) {
				response.setHeader("Cache-Control", request.getHeader("X-Cache-Control"));
			}
			if (request.getHeader("X-Cookie") != null) {
				response.addCookie(new Cookie("basket", request.getHeader("X-Cookie")));
			}
			if (request.getHeader("X-Link") != null) {
				request.getSession();
				response.getWriter().write(response.encodeURL(request.getHeader("X-Link")));
			}
			ResponseTags.add(request, request.getHeader("X-Tag"));
			if (request.getHeader("X-Late-Tag") != null) {
				response.flushBuffer();
				ResponseTags.add(request, request.getHeader("X-Late-Tag"));
			}
		}

	}

	/**
	 * Settings that the local CloudFront cannot have.
	 */
	private record ConstructedSettings(DistributionClient client) implements BeanPostProcessor {

		@Override
		public Object postProcessAfterInitialization(Object bean, String beanName) {
			return (bean instanceof DistributionClient) ? this.client : bean;
		}

	}

}
