package io.github.cftracker.actuate;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.jayway.jsonpath.JsonPath;
import io.github.cftracker.CacheTags;
import io.github.cftracker.Claim;
import io.github.cftracker.PathLifetime;
import io.github.cftracker.Selection;
import io.github.cftracker.TrackedPath;
import io.github.cftracker.UrlStore;
import io.github.cftracker.memory.MemoryUrlStore;
import io.github.cftracker.test.LocalCloudFront;
import io.github.cftracker.testing.TestLink;
import io.github.cftracker.testing.TestRedis;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the endpoint says before anything is sent, and that it comes true.
 */
@Tag("full")
class DryRunTests {

	private static final int MANY = 20_000;

	private static final String DRY_RUN = "{\"dryRun\":true}";

	private static final String[] NO_QUOTAS = { "--cf.tracker.invalidation.calls-per-second=1000",
			"--cf.tracker.invalidation.items-per-second=0", "--cf.tracker.invalidation.wildcards-per-second=0",
			"--cf.tracker.invalidation.items-in-progress=0", "--cf.tracker.invalidation.wildcards-in-progress=0" };

	private final HttpClient http = HttpClient.newHttpClient();

	private final String prefix = UUID.randomUUID().toString();

	private final LocalCloudFront cloudFront = LocalCloudFront.builder().completesAfter(Duration.ofMillis(50)).start();

	private final TestLink link = TestLink.to(TestRedis.shared());

	private ConfigurableApplicationContext application;

	@AfterEach
	void close() {
		stop();
		this.link.close();
		this.cloudFront.close();
	}

	@Test
	@Tag("full")
	void saysWhatManyPathsComeToAndTheRunBillsExactlyThat() throws Exception {
		startWithRedis("--cf.tracker.redis.timeout=5s");
		track(many(MANY));
		HttpResponse<String> response = post(DRY_RUN);
		assertThat(response.statusCode()).isEqualTo(200);
		String plan = response.body();
		Map<String, Object> shown = JsonPath.read(plan, "$");
		assertThat(shown).containsEntry("state", "DRY_RUN")
			.containsEntry("paths", MANY)
			.containsEntry("items", MANY)
			.containsEntry("wildcards", 0)
			.containsEntry("planTotal", MANY)
			.containsEntry("unselected", 0)
			.containsEntry("covered", Map.of())
			.containsEntry("batches", List.of())
			.containsEntry("rejected", List.of())
			.containsEntry("error", null)
			// 20,000 items, 150 a second
			.containsEntry("duration", "PT2M14S")
			.containsEntry("cost", Map.of("items", MANY, "usd", 100.0))
			.containsEntry("everyPath", Map.of("items", MANY, "usd", 100.0))
			.containsEntry("everything", Map.of("items", 1, "usd", 0.005))
			.containsEntry("monthToDate", Map.of("paths", 0, "usd", 0.0));
		List<String> items = JsonPath.read(plan, "$.plan");
		assertThat(items).hasSize(1000).doesNotHaveDuplicates();
		assertThat(new HashSet<>(many(MANY)).containsAll(items)).isTrue();
		assertNothingHappened(plan);
		stop();

		startWithRedis(NO_QUOTAS);
		String run = post("{\"wait\":\"PT60S\"}").body();
		assertThat(JsonPath.<String>read(run, "$.state")).isEqualTo("COMPLETED");
		assertThat(JsonPath.<Integer>read(run, "$.items")).isEqualTo(MANY);
		assertThat(run).doesNotContain("planTotal", "monthToDate", "\"plan\"");
		assertThat(this.cloudFront.billedItems()).isEqualTo(MANY);
		assertThat(store().count()).isZero();
		assertThat(JsonPath.<Map<String, Object>>read(get("/actuator/cfinvalidate").body(), "$.monthToDate"))
			.isEqualTo(Map.of("paths", MANY, "usd", 100.0));
		SimpleMeterRegistry registry = new SimpleMeterRegistry();
		this.application.getBean(CfTrackerMetrics.class).bindTo(registry);
		assertThat(registry.get("cf.tracker.items.month").gauge().value()).isEqualTo(MANY);
	}

	@Test
	void saysWhatIsFoldedWhateverTheApplicationDoesWithJson() throws Exception {
		startWithRedis(Stream.concat(Arrays.stream(NO_QUOTAS),
				Stream.of("--cf.tracker.invalidation.max-paths=12",
						"--cf.tracker.invalidation.protected-prefixes=/private/",
						"--spring.jackson.property-naming-strategy=SNAKE_CASE",
						"--spring.jackson.default-property-inclusion=non_empty"))
			.toArray(String[]::new));
		track(many(2000));
		track(List.of("/private/1", "/private/2", "/u/~me"));
		String plan = post(DRY_RUN).body();
		assertThat(JsonPath.<Map<String, Object>>read(plan, "$")).containsOnlyKeys("id", "state", "requestedAt",
				"finishedAt", "trigger", "requestedBy", "selection", "paths", "items", "wildcards", "batches",
				"rejected", "cost", "hints", "findings", "error", "plan", "planTotal", "covered", "unselected",
				"everyPath", "everything", "duration", "monthToDate");
		int total = JsonPath.read(plan, "$.planTotal");
		List<String> items = JsonPath.read(plan, "$.plan");
		assertThat(total).isLessThanOrEqualTo(12).isEqualTo(items.size());
		assertThat(items).contains("/private/1", "/private/2").doesNotContain("/private/*");
		Map<String, Integer> covered = JsonPath.read(plan, "$.covered");
		assertThat(covered.keySet())
			.isEqualTo(Set.copyOf(items.stream().filter((item) -> item.endsWith("*")).toList()));
		assertThat(covered.values().stream().mapToInt(Integer::intValue).sum() + total - covered.size())
			.isEqualTo(2002);
		assertThat(JsonPath.<Integer>read(plan, "$.everyPath.items")).isEqualTo(2002);
		assertThat(JsonPath.<List<String>>read(plan, "$.rejected[*].path")).containsExactly("/u/~me");
		assertThat(JsonPath.<String>read(plan, "$.duration")).matches("PT\\d+S");
		assertNothingHappened(plan);

		String run = post("{\"wait\":\"PT60S\"}").body();
		assertThat(JsonPath.<Integer>read(run, "$.items")).isEqualTo(total);
		assertThat(JsonPath.<Integer>read(run, "$.paths")).isEqualTo(2003);
		assertThat(JsonPath.<List<String>>read(run, "$.rejected[*].path")).containsExactly("/u/~me");
		assertThat(this.cloudFront.billedItems()).isEqualTo(total);
		List<String> sent = new ArrayList<>();
		this.cloudFront.invalidations().forEach((invalidation) -> sent.addAll(invalidation.paths()));
		assertThat(sent).containsExactlyInAnyOrderElementsOf(items);
		assertThat(store().count()).isZero();
		assertThat(JsonPath.<Integer>read(post(DRY_RUN).body(), "$.monthToDate.paths")).isEqualTo(total);
	}

	@Test
	void showsThePricesOfTheProperties() throws Exception {
		start(Application.class,
				Stream
					.concat(Arrays.stream(NO_QUOTAS), Stream.of("--cf.tracker.store=memory",
							"--cf.tracker.pricing.usd-per-item=0.02", "--cf.tracker.pricing.free-items=0"))
					.toArray(String[]::new));
		track(List.of("/a", "/b", "/c"));
		Map<String, Object> shown = JsonPath.read(post(DRY_RUN).body(), "$");
		assertThat(shown).containsEntry("cost", Map.of("items", 3, "usd", 0.06))
			.containsEntry("everyPath", Map.of("items", 3, "usd", 0.06))
			.containsEntry("everything", Map.of("items", 1, "usd", 0.02))
			.containsEntry("monthToDate", Map.of("paths", 0, "usd", 0.0));
		String run = post("{\"wait\":\"PT60S\"}").body();
		Map<String, Object> cost = Map.of("items", 3, "usd", 0.06);
		assertThat(JsonPath.<Map<String, Object>>read(run, "$.cost")).isEqualTo(cost);
		String overview = get("/actuator/cfinvalidate").body();
		assertThat(JsonPath.<Map<String, Object>>read(overview, "$.runs[0].cost")).isEqualTo(cost);
		assertThat(JsonPath.<Map<String, Object>>read(overview, "$.monthToDate"))
			.isEqualTo(Map.of("paths", 3, "usd", 0.06));
		SimpleMeterRegistry registry = new SimpleMeterRegistry();
		this.application.getBean(CfTrackerMetrics.class).bindTo(registry);
		assertThat(registry.get("cf.tracker.cost.month").gauge().value()).isEqualTo(0.06);
	}

	@Test
	void showsRoutesAndTagsOfPathsAndSaysSoonThatRedisIsAway() throws Exception {
		startWithRedis("--spring.jackson.property-naming-strategy=SNAKE_CASE", "--cf.tracker.redis.timeout=1s");
		get("/pages/7");
		get("/plain");
		Awaitility.await().until(() -> store().count() == 2);
		String paths = get("/actuator/cfpaths?prefix=/pages").body();
		assertThat(JsonPath.<List<String>>read(paths, "$.paths[*].route")).containsOnly("/pages/{id}");
		assertThat(JsonPath.<List<String>>read(paths, "$.paths[0].tags")).containsExactly("page:7", "pages");
		assertThat(JsonPath.<Map<String, Object>>read(get("/actuator/cfpaths?prefix=/plain").body(), "$.paths[0]"))
			.containsOnlyKeys("path", "expiresAt", "route");
		String plan = post("{\"dryRun\":true,\"tags\":\"page:7\",\"routes\":\"/plain\"}").body();
		assertThat(JsonPath.<List<String>>read(plan, "$.selection.tags")).containsExactly("page:7");
		assertThat(JsonPath.<List<String>>read(plan, "$.plan")).containsExactlyInAnyOrder("/pages/7", "/plain");
		this.link.cut();
		Instant asked = Instant.now();
		HttpResponse<String> response = post(DRY_RUN);
		assertThat(Duration.between(asked, Instant.now())).isLessThan(Duration.ofSeconds(30));
		assertThat(response.statusCode()).isEqualTo(503);
		assertThat(JsonPath.<String>read(response.body(), "$.error")).isNotBlank();
	}

	@Test
	void refusesWhatAStoreOfTheApplicationDoesNotKeep() throws Exception {
		start(OwnStoreApplication.class);
		track(List.of("/a"));
		for (String rest : List.of("", ",\"dryRun\":true", ",\"paths\":\"/a\"")) {
			assertRefused("routes", "{\"routes\":\"/pages/{id}\"%s}".formatted(rest));
			assertRefused("tags", "{\"tags\":\"a\"%s}".formatted(rest));
		}
		assertThat(JsonPath.<Integer>read(post("{\"dryRun\":true,\"matching\":\"/{page}\"}").body(), "$.planTotal"))
			.isEqualTo(1);
		assertThat(store().count()).isEqualTo(1);
		assertThat(this.cloudFront.invalidations()).isEmpty();
	}

	private void assertRefused(String field, String body) throws Exception {
		HttpResponse<String> response = post(body);
		assertThat(response.statusCode()).isEqualTo(400);
		assertThat(JsonPath.<String>read(response.body(), "$.field")).isEqualTo(field);
		assertThat(JsonPath.<String>read(response.body(), "$.error")).contains("does not support routes and tags");
	}

	private void assertNothingHappened(String plan) throws Exception {
		long tracked = store().count();
		assertThat(tracked).isEqualTo(JsonPath.<Integer>read(plan, "$.paths").longValue());
		assertThat(this.cloudFront.invalidations()).isEmpty();
		assertThat(get("/actuator/cfinvalidate/" + JsonPath.read(plan, "$.id")).statusCode()).isEqualTo(404);
		assertThat(JsonPath.<List<Object>>read(get("/actuator/cfinvalidate").body(), "$.runs")).isEmpty();
	}

	private static List<String> many(int count) {
		return IntStream.range(0, count).mapToObj((i) -> "/shop/" + (i % 20) + "/" + i).toList();
	}

	private void track(List<String> paths) {
		for (int start = 0; start < paths.size(); start += 1000) {
			store().track(paths.subList(start, Math.min(start + 1000, paths.size()))
				.stream()
				.map((path) -> new PathLifetime(path, Duration.ofHours(1)))
				.toList());
		}
	}

	private UrlStore store() {
		return this.application.getBean(UrlStore.class);
	}

	private void startWithRedis(String... arguments) {
		start(Application.class,
				Stream.concat(Arrays.stream(arguments), Stream.of("--cf.tracker.redis-url=" + this.link.url()))
					.toArray(String[]::new));
	}

	private void start(Class<?> application, String... arguments) {
		List<String> all = new ArrayList<>(List.of("--server.port=0", "--management.endpoints.web.exposure.include=*",
				"--cf.tracker.key-prefix=" + this.prefix,
				"--cf.tracker.distribution-id=" + this.cloudFront.distributionId(),
				"--cf.tracker.endpoint=" + this.cloudFront.endpoint(),
				"--cf.tracker.access-key=" + this.cloudFront.accessKey(),
				"--cf.tracker.secret-key=" + this.cloudFront.secretKey()));
		all.addAll(List.of(arguments));
		this.application = new SpringApplicationBuilder(application).run(all.toArray(String[]::new));
	}

	private void stop() {
		if (this.application != null) {
			this.application.close();
		}
	}

	private HttpResponse<String> post(String body) throws IOException, InterruptedException {
		return this.http.send(HttpRequest.newBuilder(uri("/actuator/cfinvalidate"))
			.header("Content-Type", "application/json")
			.POST(BodyPublishers.ofString(body))
			.build(), BodyHandlers.ofString());
	}

	private HttpResponse<String> get(String path) throws IOException, InterruptedException {
		return this.http.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
	}

	private URI uri(String path) {
		return URI.create("http://127.0.0.1:"
				+ this.application.getEnvironment().getRequiredProperty("local.server.port") + path);
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

		@GetMapping("/pages/{id}")
		@CacheTags({ "pages", "page:#{#id}" })
		ResponseEntity<String> page(@PathVariable String id) {
			return ResponseEntity.ok().cacheControl(CacheControl.maxAge(Duration.ofHours(1))).body(id);
		}

		@GetMapping("/plain")
		String plain() {
			return "Plain";
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class OwnStoreApplication {

		@Bean
		UrlStore urlStore() {
			return new PlainStore(new MemoryUrlStore(Clock.systemUTC()));
		}

	}

	/**
	 * A store as users write it, without routes and tags.
	 *
	 * @param delegate does the work
	 */
	record PlainStore(UrlStore delegate) implements UrlStore {

		@Override
		public void track(Collection<PathLifetime> paths) {
			this.delegate.track(paths);
		}

		@Override
		public void expire(Collection<PathLifetime> paths) {
			this.delegate.expire(paths);
		}

		@Override
		public void untrack(Collection<String> paths) {
			this.delegate.untrack(paths);
		}

		@Override
		public long count() {
			return this.delegate.count();
		}

		@Override
		public List<TrackedPath> scan(String prefix, int limit) {
			return this.delegate.scan(prefix, limit);
		}

		@Override
		public Claim claim(String id, Selection selection) {
			return this.delegate.claim(id, selection);
		}

	}

}
