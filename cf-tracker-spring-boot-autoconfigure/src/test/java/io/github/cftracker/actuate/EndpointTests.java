package io.github.cftracker.actuate;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.Principal;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.jayway.jsonpath.JsonPath;
import io.github.cftracker.PathLifetime;
import io.github.cftracker.UrlStore;
import io.github.cftracker.UrlTracker;
import io.github.cftracker.test.AutoConfigureLocalCloudFront;
import io.github.cftracker.test.LocalCloudFront;
import io.github.cftracker.test.RecordedCall;
import io.github.cftracker.testing.RedisTemplates;
import io.github.cftracker.testing.TestRedis;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.core.StringRedisTemplate;
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
 * The endpoints over HTTP, with a real Redis and a local CloudFront.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "management.endpoints.web.exposure.include=*", "management.endpoint.health.show-details=always",
				"management.endpoints.web.cors.allowed-origins=https://ops.example",
				"management.endpoints.web.cors.allowed-methods=POST",
				"spring.jackson.property-naming-strategy=SNAKE_CASE", "cf.tracker.invalidation.items-per-second=0",
				"cf.tracker.invalidation.calls-per-second=1000", "cf.tracker.redis.timeout=5s" })
@AutoConfigureLocalCloudFront
@DirtiesContext
class EndpointTests {

	private static final String USER = "X-Test-User";

	private final HttpClient http = HttpClient.newHttpClient();

	@LocalServerPort
	private int port;

	@Autowired
	private LocalCloudFront cloudFront;

	@Autowired
	private UrlStore store;

	@Autowired
	private UrlTracker tracker;

	@DynamicPropertySource
	static void redis(DynamicPropertyRegistry registry) {
		registry.add("cf.tracker.redis-url", TestRedis.shared()::url);
	}

	@BeforeEach
	void clear() throws Exception {
		post("", null, "");
		Awaitility.await().until(() -> {
			List<String> states = JsonPath.read(get("/actuator/cfinvalidate").body(), "$.runs[*].state");
			return Set.of("COMPLETED", "FAILED", "EMPTY").containsAll(states);
		});
		this.cloudFront.clear();
	}

	@Test
	void aPlainPostInvalidatesEverythingInBatches() throws Exception {
		for (int i = 0; i < 10; i++) {
			get("/pages/" + i);
		}
		track(IntStream.range(10, 2500).mapToObj((i) -> "/pages/" + i).toArray(String[]::new));
		Awaitility.await().until(() -> this.store.count() == 2500);
		HttpResponse<String> accepted = post("", null, "");
		assertThat(accepted.statusCode()).isEqualTo(202);
		assertThat(JsonPath.<String>read(accepted.body(), "$.state")).isEqualTo("QUEUED");
		assertThat(accepted.body()).contains("\"paths\":null", "\"items\":null", "\"finishedAt\":null",
				"\"error\":null");
		String id = JsonPath.read(accepted.body(), "$.id");
		Awaitility.await().until(() -> "COMPLETED".equals(JsonPath.read(run(id).body(), "$.state")));
		String run = run(id).body();
		assertThat(JsonPath.<Integer>read(run, "$.paths")).isEqualTo(2500);
		assertThat(JsonPath.<Integer>read(run, "$.cost.items")).isEqualTo(2500);
		assertThat(JsonPath.<Double>read(run, "$.cost.usd")).isEqualTo(12.5);
		assertThat(JsonPath.<List<Integer>>read(run, "$.batches[*].items")).containsExactly(1000, 1000, 500);
		assertThat(JsonPath.<List<String>>read(run, "$.batches[*].state")).containsOnly("COMPLETED");
		assertThat(this.cloudFront.invalidations()).extracting((invalidation) -> invalidation.paths().size())
			.containsExactly(1000, 1000, 500);
		assertThat(JsonPath.<List<Object>>read(get("/actuator/cfpaths").body(), "$.paths")).isEmpty();
		assertThat(this.cloudFront.billedItems()).isEqualTo(2500);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "{}", "{\"wait\":\"PT20S\"}" })
	void anEmptyJsonBodyMeansEverything(String body) throws Exception {
		track("/a");
		HttpResponse<String> response = post("", "application/json", body);
		assertThat(response.statusCode()).isIn(200, 202);
		Awaitility.await().until(() -> this.cloudFront.invalidations().size() == 1);
		assertThat(this.cloudFront.invalidations().get(0).paths()).containsExactly("/a");
	}

	@Test
	void waitsForTheEnd() throws Exception {
		track("/a");
		HttpResponse<String> response = post("", "application/json", "{\"wait\":\"PT20S\"}");
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(JsonPath.<String>read(response.body(), "$.state")).isEqualTo("COMPLETED");
		assertThat(JsonPath.<Boolean>read(response.body(), "$.selection.everything")).isTrue();
	}

	@Test
	void answers202WhenTheEndIsNotInTime() throws Exception {
		this.cloudFront.completesAfter(Duration.ofHours(1));
		track("/a");
		HttpResponse<String> response = post("", "application/json", "{\"wait\":\"100ms\"}");
		this.cloudFront.completesAfter(Duration.ofMillis(100));
		assertThat(response.statusCode()).isEqualTo(202);
		assertThat(JsonPath.<String>read(response.body(), "$.state")).isNotEqualTo("COMPLETED");
	}

	@Test
	void isEmptyWhenNothingIsTracked() throws Exception {
		HttpResponse<String> response = post("", "application/json", "{\"wait\":\"20s\"}");
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(JsonPath.<String>read(response.body(), "$.state")).isEqualTo("EMPTY");
		assertThat(this.cloudFront.calls()).extracting(RecordedCall::operation).doesNotContain("CreateInvalidation");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			''                               | '{"paths":"/a /b/*","wait":"PT20S"}'
			'?paths=/a%20/b/*&wait=20s'      | ''
			'?paths=/a&paths=/b/*&wait=20s'  | ''
			'?wait=20s'                      | '{"paths":"  /a\\n/b/*  "}'
			""")
	void sendsSelectedPathsFromBodyOrQuery(String query, String body) throws Exception {
		track("/a", "/b/1", "/c");
		HttpResponse<String> response = post(query, body.isEmpty() ? null : "application/json", body);
		assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
		assertThat(JsonPath.<Integer>read(response.body(), "$.paths")).isEqualTo(2);
		assertThat(JsonPath.<Integer>read(response.body(), "$.wildcards")).isEqualTo(1);
		assertThat(JsonPath.<List<String>>read(response.body(), "$.selection.paths")).containsExactly("/a", "/b/*");
		assertThat(this.cloudFront.invalidations()).singleElement()
			.satisfies((invalidation) -> assertThat(invalidation.paths()).containsExactlyInAnyOrder("/a", "/b/*"));
		assertThat(JsonPath.<List<String>>read(get("/actuator/cfpaths").body(), "$.paths[*].path"))
			.containsExactly("/c");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "none",
			textBlock = """
					'?dryrun=true'             | none                                | ''                               | dryrun
					'?paths='                  | none                                | ''                               | paths
					'?x'                       | none                                | ''                               | x
					''                         | application/json                    | '{"paths":""}'                   | paths
					''                         | application/json                    | '{"paths":"  "}'                 | paths
					''                         | application/json                    | '{"paths":null}'                 | paths
					''                         | application/json                    | '{"nonsense":1}'                 | nonsense
					''                         | application/json                    | '{"dryrun":true}'                | dryrun
					''                         | application/json                    | '{"dryRun":"yes"}'               | dryRun
					''                         | application/json                    | '{"dryRun":""}'                  | dryRun
					''                         | application/json                    | '{"matching":"/a/{b"}'           | matching
					''                         | application/json                    | '{"matching":"a"}'               | matching
					''                         | application/json                    | '{"routes":"a/{id}"}'            | routes
					''                         | application/json                    | '{"routes":" "}'                 | routes
					''                         | application/json                    | '{"tags":" "}'                   | tags
					''                         | application/json                    | '{"tags":"a","paths":"b"}'       | paths
					''                         | application/json                    | '{"paths":"a"}'                  | paths
					''                         | application/json                    | '{"paths":"/a #tag"}'            | paths
					''                         | application/json                    | '{"paths":"/a/*/b"}'             | paths
					''                         | application/json                    | '{"paths":"/a","wait":"PT61S"}'  | wait
					''                         | application/json                    | '{"wait":"soon"}'                | wait
					''                         | application/json                    | '{"wait":""}'                    | wait
					''                         | application/json                    | '{"wait":1}'                     | wait
					'?dryRun=1'                | application/json                    | '{"paths":"/a"}'                 | dryRun
					""")
	void refusesBadInputWithTheFieldAndSendsNothing(String query, String contentType, String body, String field)
			throws Exception {
		track("/a");
		HttpResponse<String> response = post(query, contentType, body);
		assertThat(response.statusCode()).isEqualTo(400);
		assertThat(JsonPath.<String>read(response.body(), "$.field")).isEqualTo(field);
		assertThat(JsonPath.<String>read(response.body(), "$.error")).isNotBlank();
		assertNothingWasSent();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "none", textBlock = """
			application/json                  | '{"paths":'           | 400
			application/json                  | '["/a"]'              | 400
			text/plain                        | 'paths=/a'            | 415
			""")
	void sendsNothingForWhatIsNotAnObject(String contentType, String body, int status) throws Exception {
		track("/a");
		assertThat(post("", contentType, body).statusCode()).isEqualTo(status);
		assertNothingWasSent();
	}

	@Test
	void aFormWithAFieldDoesNotInvalidateEverything() throws Exception {
		track("/a");
		assertThat(post("", "application/x-www-form-urlencoded", "dryRun=true").statusCode()).isBetween(400, 499);
		assertNothingWasSent();
	}

	@Test
	void sendsSelectedPathsFromArray() throws Exception {
		track("/a", "/b/1", "/c");
		HttpResponse<String> response = post("", "application/json", "{\"paths\":[\"/a\",\"/b/*\"],\"wait\":\"20s\"}");
		assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
		assertThat(this.cloudFront.invalidations()).singleElement()
			.satisfies((invalidation) -> assertThat(invalidation.paths()).containsExactlyInAnyOrder("/a", "/b/*"));
	}

	@Test
	void recordsThePrincipal() throws Exception {
		String run = post("", "application/json", "{\"paths\":\"/a\",\"wait\":\"20s\"}", USER, "olga").body();
		assertThat(JsonPath.<String>read(run, "$.requestedBy")).isEqualTo("olga");
		assertThat(JsonPath.<String>read(run, "$.trigger")).isEqualTo("endpoint");
		assertThat(run(JsonPath.read(run, "$.id")).body()).contains("\"requestedBy\":\"olga\"");
		String dryRun = post("", "application/json", "{\"dryRun\":true}", USER, "olga").body();
		assertThat(dryRun).contains("\"trigger\":\"endpoint\"", "\"requestedBy\":\"olga\"");
		assertThat(post("", "application/json", "{\"dryRun\":true}").body()).contains("\"requestedBy\":null");
	}

	@Test
	void invalidatesForOriginThatCorsAllows() throws Exception {
		track("/a");
		assertThat(post("", null, "", "Origin", "https://evil.example", "Sec-Fetch-Site", "cross-site").statusCode())
			.isEqualTo(403);
		assertNothingWasSent();
		HttpResponse<String> allowed = post("?wait=20s", null, "", "Origin", "https://ops.example", "Sec-Fetch-Site",
				"cross-site");
		assertThat(allowed.statusCode()).as(allowed.body()).isEqualTo(200);
		assertThat(allowed.headers().firstValue("Access-Control-Allow-Origin")).contains("https://ops.example");
		assertThat(this.cloudFront.invalidations()).hasSize(1);
	}

	@Test
	void showsAnOverview() throws Exception {
		track("/a", "/b");
		String id = JsonPath.read(post("", "application/json", "{\"paths\":\"/a\",\"wait\":\"20s\"}").body(), "$.id");
		String overview = get("/actuator/cfinvalidate").body();
		assertThat(JsonPath.<String>read(overview, "$.distributionId")).isEqualTo(this.cloudFront.distributionId());
		assertThat(JsonPath.<String>read(overview, "$.store")).isEqualTo("redis");
		assertThat(JsonPath.<Integer>read(overview, "$.tracked")).isEqualTo(1);
		assertThat(JsonPath.<Integer>read(overview, "$.pending")).isZero();
		assertThat(JsonPath.<String>read(overview, "$.runs[0].id")).isEqualTo(id);
		assertThat(JsonPath.<List<Object>>read(overview, "$.runs[*].batches")).isEmpty();
	}

	@Test
	void answers404ForAnUnknownRun() throws Exception {
		HttpResponse<String> response = run("nothing");
		assertThat(response.statusCode()).isEqualTo(404);
		assertThat(JsonPath.<String>read(response.body(), "$.error")).contains("'nothing'");
	}

	@Test
	void showsCloudFrontsMessageOfAFailedRun() throws Exception {
		track("/a");
		this.cloudFront.refuseNext(403, "AccessDenied", "You may not do that");
		HttpResponse<String> response = post("", "application/json", "{\"wait\":\"20s\"}");
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(JsonPath.<String>read(response.body(), "$.state")).isEqualTo("FAILED");
		assertThat(JsonPath.<String>read(response.body(), "$.error")).isEqualTo("You may not do that");
		assertThat(this.store.count()).isEqualTo(1);
		post("", "application/json", "{\"wait\":\"20s\"}");
		assertThat(this.cloudFront.invalidations()).singleElement()
			.satisfies((invalidation) -> assertThat(invalidation.paths()).containsExactly("/a"));
	}

	@Test
	void theOverviewShowsTheBeginningOfALargeSelection() throws Exception {
		String paths = IntStream.range(0, 2000).mapToObj((i) -> "/large/" + i).collect(Collectors.joining(" "));
		String id = JsonPath.read(post("", "application/json", "{\"paths\":\"" + paths + "\"}").body(), "$.id");
		String overview = get("/actuator/cfinvalidate").body();
		String run = "$.runs[?(@.id=='" + id + "')].selection";
		assertThat(JsonPath.<List<List<String>>>read(overview, run + ".paths").get(0)).hasSize(100);
		assertThat(JsonPath.<List<Integer>>read(overview, run + ".total")).containsExactly(2000);
		String all = run(id).body();
		assertThat(JsonPath.<List<String>>read(all, "$.selection.paths")).hasSize(2000);
		assertThat(all).doesNotContain("\"total\"");
	}

	@Test
	void refusesMoreThanAHundredThousandValues() throws Exception {
		String paths = IntStream.rangeClosed(0, 100_000).mapToObj((i) -> "/" + i).collect(Collectors.joining(" "));
		HttpResponse<String> response = post("", "application/json", "{\"paths\":\"" + paths + "\"}");
		assertThat(response.statusCode()).isEqualTo(400);
		assertThat(JsonPath.<String>read(response.body(), "$.field")).isEqualTo("paths");
		assertThat(JsonPath.<String>read(response.body(), "$.error")).contains("at most 100,000 values");
	}

	@Test
	void anUnreadableRunIsAFindingAndHoldsUpNothing() throws Exception {
		String id = UUID.randomUUID().toString();
		String keys = "cf-tracker:{%s}:".formatted(this.cloudFront.distributionId());
		StringRedisTemplate template = RedisTemplates.shared();
		template.opsForHash().put(keys + "run:" + id, "state", "PAUSED");
		template.opsForZSet().add(keys + "runs", id, 1_000_000);
		template.opsForList().leftPush(keys + "waiting", id);
		try {
			HttpResponse<String> run = run(id);
			assertThat(run.statusCode()).isEqualTo(503);
			assertThat(JsonPath.<String>read(run.body(), "$.error")).contains(id, "cannot be read", "'PAUSED'");
			HttpResponse<String> overview = get("/actuator/cfinvalidate");
			assertThat(overview.statusCode()).isEqualTo(200);
			assertThat(JsonPath.<List<String>>read(overview.body(), "$.runs[*].id")).doesNotContain(id);
			assertThat(JsonPath.<List<String>>read(overview.body(), "$.findings[*].problem"))
				.anySatisfy((problem) -> assertThat(problem).contains(id, "cannot be read"));
			assertThat(get("/actuator/health/cfTracker").body()).contains("\"status\":\"UP\"", id);
			assertThat(post("", "application/json", "{\"paths\":\"/behind\",\"wait\":\"30s\"}").statusCode())
				.isEqualTo(200);
		}
		finally {
			template.delete(keys + "run:" + id);
		}
	}

	@Test
	void listsAndUntracksPaths() throws Exception {
		track("/a/1", "/a/2", "/b");
		this.store.track(List.of(new PathLifetime("/b/forever", PathLifetime.FOREVER)));
		String listed = get("/actuator/cfpaths?prefix=/a&limit=10").body();
		assertThat(JsonPath.<List<String>>read(listed, "$.paths[*].path")).containsExactly("/a/1", "/a/2");
		assertThat(JsonPath.<String>read(listed, "$.paths[0].expiresAt")).matches("\\d{4}-.*Z");
		assertThat(get("/actuator/cfpaths?prefix=/b/forever").body()).contains("\"expiresAt\":null");
		assertThat(delete("/actuator/cfpaths?path=/a/1").statusCode()).isEqualTo(204);
		assertThat(JsonPath.<List<String>>read(get("/actuator/cfpaths").body(), "$.paths[*].path"))
			.containsExactly("/a/2", "/b", "/b/forever");
		assertThat(JsonPath.<List<String>>read(get("/actuator/cfpaths?limit=1").body(), "$.paths[*].path")).hasSize(1);
	}

	@Test
	void untracksWhatWaitsToBeWritten() throws Exception {
		this.tracker.track("/pending");
		assertThat(delete("/actuator/cfpaths?path=/pending").statusCode()).isEqualTo(204);
		assertThat(this.store.count()).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "limit=0", "limit=10001", "limit=many" })
	void refusesABadLimit(String query) throws Exception {
		HttpResponse<String> response = get("/actuator/cfpaths?" + query);
		assertThat(response.statusCode()).isEqualTo(400);
		assertThat(JsonPath.<String>read(response.body(), "$.field")).isEqualTo("limit");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "?path=", "?path=a" })
	void refusesToUntrackNothing(String query) throws Exception {
		HttpResponse<String> response = delete("/actuator/cfpaths" + query);
		assertThat(response.statusCode()).isEqualTo(400);
		assertThat(JsonPath.<String>read(response.body(), "$.field")).isEqualTo("path");
	}

	@Test
	void doesNotTrackTheManagementEndpoints() throws Exception {
		get("/actuator/health");
		get("/actuator/cfpaths");
		get("/pages/1");
		Awaitility.await().until(() -> this.store.count() > 0);
		assertThat(this.store.scan("/", 10)).extracting("path").containsExactly("/pages/1");
	}

	private void assertNothingWasSent() {
		assertThat(this.cloudFront.calls()).isEmpty();
		assertThat(this.store.count()).isEqualTo(1);
	}

	private void track(String... paths) {
		this.store.track(IntStream.range(0, paths.length)
			.mapToObj((i) -> new PathLifetime(paths[i], Duration.ofHours(1)))
			.toList());
	}

	private HttpResponse<String> run(String id) throws Exception {
		return get("/actuator/cfinvalidate/" + id);
	}

	private HttpResponse<String> get(String path) throws IOException, InterruptedException {
		return this.http.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString());
	}

	private HttpResponse<String> delete(String path) throws IOException, InterruptedException {
		return this.http.send(HttpRequest.newBuilder(uri(path)).DELETE().build(), BodyHandlers.ofString());
	}

	private HttpResponse<String> post(String query, String contentType, String body, String... headers)
			throws IOException, InterruptedException {
		HttpRequest.Builder request = HttpRequest.newBuilder(uri("/actuator/cfinvalidate" + query))
			.POST(body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
		if (contentType != null) {
			request.header("Content-Type", contentType);
		}
		if (headers.length > 0) {
			request.headers(headers);
		}
		return this.http.send(request.build(), BodyHandlers.ofString());
	}

	private URI uri(String path) {
		return URI.create("http://127.0.0.1:" + this.port + path);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		Filter principals() {
			return (request, response, chain) -> chain
				.doFilter(new HttpServletRequestWrapper((HttpServletRequest) request) {

					@Override
					public Principal getUserPrincipal() {
						String name = getHeader(USER);
						return (name != null) ? () -> name : null;
					}

				}, response);
		}

		@RestController
		static class Pages {

			@GetMapping("/pages/{id}")
			ResponseEntity<String> page(@PathVariable String id) {
				return ResponseEntity.ok().cacheControl(CacheControl.maxAge(Duration.ofHours(1))).body(id);
			}

		}

	}

}
