package io.github.cftracker.selection;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import com.jayway.jsonpath.JsonPath;
import io.github.cftracker.CacheTags;
import io.github.cftracker.ResponseTags;
import io.github.cftracker.TrackedPath;
import io.github.cftracker.UrlStore;
import io.github.cftracker.test.LocalCloudFront;
import io.github.cftracker.testing.TestRedis;
import jakarta.servlet.http.HttpServletRequest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Each kind of selection, from the POST to the edge: what is selected is asked for anew,
 * and nothing else is.
 */
@TestInstance(Lifecycle.PER_CLASS)
abstract class SelectionTests {

	private static final List<String> PAGES = List.of("/products/4", "/products/4?page=2", "/products/42",
			"/products/4/reviews", "/products/42/reviews", "/products/featured", "/blog/party", "/blog/long", "/many",
			"/about");

	private final HttpClient http = HttpClient.newHttpClient();

	private LocalCloudFront cloudFront;

	private ConfigurableApplicationContext application;

	private final boolean nativeTags;

	private int before;

	SelectionTests(boolean nativeTags) {
		this.nativeTags = nativeTags;
	}

	@BeforeAll
	void start() {
		this.cloudFront = LocalCloudFront.builder()
			.completesAfter(Duration.ofMillis(20))
			.distribution((distribution) -> {
				if (this.nativeTags) {
					distribution.cacheTagHeader("X-Cache-Tags");
				}
			})
			.start();
		this.application = new SpringApplicationBuilder(Shop.class).run("--server.port=0",
				"--management.endpoints.web.exposure.include=*", "--cf.tracker.redis-url=" + TestRedis.shared().url(),
				"--cf.tracker.key-prefix=" + getClass().getSimpleName(),
				"--cf.tracker.distribution-id=" + this.cloudFront.distributionId(),
				"--cf.tracker.endpoint=" + this.cloudFront.endpoint(),
				"--cf.tracker.access-key=" + this.cloudFront.accessKey(),
				"--cf.tracker.secret-key=" + this.cloudFront.secretKey(), "--cf.tracker.redis.timeout=5s",
				"--cf.tracker.invalidation.calls-per-second=1000", "--cf.tracker.invalidation.items-per-second=0",
				"--cf.tracker.invalidation.wildcards-per-second=0",
				"--cf.tracker.tags.header=" + (this.nativeTags ? "X-Cache-Tags" : ""));
		this.cloudFront.origin(URI.create("http://127.0.0.1:" + port()));
	}

	@AfterAll
	void stop() {
		this.application.close();
		this.cloudFront.close();
	}

	@BeforeEach
	void fill() throws Exception {
		view();
		assertThat(view().values()).containsOnly("Hit");
		await().until(() -> tracked().containsAll(PAGES));
		this.before = this.cloudFront.invalidations().size();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-",
			textBlock = """
					{"paths":"/about"}                          | /about
					{"paths":"/products/4*"}                    | /products/4 /products/4?page=2 /products/42 /products/4/reviews /products/42/reviews
					{"matching":"/products/*/reviews"}          | /products/4/reviews /products/42/reviews
					{"matching":"/{page} /blog/**"}             | /about /many /blog/party /blog/long
					{"matching":"/products/4"}                  | /products/4 /products/4?page=2
					{"routes":"/products/{id}"}                 | /products/4 /products/4?page=2 /products/42
					{"routes":"/products/featured /about"}      | /products/featured /about
					{"tags":"product:4"}                        | /products/4 /products/4?page=2 /products/4/reviews
					{"tags":"PRODUCT:42 nothing"}               | /products/42 /products/42/reviews
					{"tags":"product:"}                         | -
					{"tags":"caf%c3%a9%20&%20co%2c%20%f0%9f%8e%89"} | /blog/party
					{"tags":"products"}                         | /products/4 /products/4?page=2 /products/42
					{"tags":"many:0"}                           | /many
					{"tags":"many:59"}                          | /many
					{"tags":"product:4","paths":"/about /products/4","matching":"/blog/p*"} | /products/4 /products/4?page=2 /products/4/reviews /about /blog/party
					{"tags":"product:4","routes":"/products/{id}/reviews"} | /products/4 /products/4?page=2 /products/4/reviews /products/42/reviews
					""")
	void exactlyWhatIsSelectedIsAskedForAnew(String request, String selected) throws Exception {
		Set<String> expected = (selected != null) ? new TreeSet<>(List.of(selected.split(" "))) : Set.of();
		invalidateAndExpect(request, expected);
	}

	@Test
	void aLongTagIsTheSameWhereverItIsNamed() throws Exception {
		invalidateAndExpect("{\"tags\":\"%s\"}".formatted("Long".repeat(75)), Set.of("/blog/long"));
	}

	@Test
	void everythingIsAskedForAnew() throws Exception {
		invalidateAndExpect("{}", new TreeSet<>(PAGES));
	}

	@Test
	void aPageThatHasLostATagIsNotSelectedByItAnyMore() throws Exception {
		Pages.productOfReviews = "7";
		try {
			post("{\"paths\":\"/products/4/reviews\",\"wait\":\"PT20S\"}");
			assertThat(view()).containsEntry("/products/4/reviews", "Miss");
			fill();
			invalidateAndExpect("{\"tags\":\"product:4\"}", new TreeSet<>(Set.of("/products/4", "/products/4?page=2")));
		}
		finally {
			Pages.productOfReviews = null;
			post("{\"paths\":\"/products/4/reviews\",\"wait\":\"PT20S\"}");
		}
	}

	@Test
	void aPageThatAnotherEdgeHasWithOtherTagsIsAskedForAnewEverywhere() throws Exception {
		Pages.productOfReviews = "7";
		try {
			this.http.send(
					HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + "/products/4/reviews")).build(),
					HttpResponse.BodyHandlers.ofString());
			await().until(() -> this.application.getBean(UrlStore.class)
				.scan("/products/4/reviews", 1)
				.get(0)
				.tags()
				.contains("product:7"));
		}
		finally {
			Pages.productOfReviews = null;
		}
		invalidateAndExpect("{\"tags\":\"product:7\"}", Set.of("/products/4/reviews"));
	}

	private void invalidateAndExpect(String request, Set<String> expected) throws Exception {
		Map<String, Object> planned = JsonPath.read(post(with(request, "\"dryRun\":true")), "$");
		assertThat(tracked()).containsAll(PAGES);
		String run = post(with(request, "\"wait\":\"PT20S\""));
		assertThat(JsonPath.<String>read(run, "$.state")).isIn("COMPLETED", "EMPTY");
		Integer items = JsonPath.read(run, "$.items");
		assertThat(planned).containsEntry("items", items).containsEntry("state", "DRY_RUN");
		assertThat(sent()).hasSize(items);
		assertThat(JsonPath.<List<String>>read(planned, "$.plan")).containsExactlyInAnyOrderElementsOf(sent());
		assertThat(JsonPath.<Integer>read(planned, "$.unselected")).isZero();
		Set<String> left = new TreeSet<>(PAGES);
		left.removeAll(expected);
		assertThat(tracked()).isEqualTo(left);
		Set<String> missed = view().entrySet()
			.stream()
			.filter((page) -> "Miss".equals(page.getValue()))
			.map(Map.Entry::getKey)
			.collect(Collectors.toCollection(TreeSet::new));
		assertThat(missed).isEqualTo(expected);
	}

	private static String with(String request, String field) {
		String fields = request.substring(1, request.length() - 1);
		return "{%s%s%s}".formatted(fields, fields.isEmpty() ? "" : ",", field);
	}

	final List<String> sent() {
		List<String> sent = new ArrayList<>();
		this.cloudFront.invalidations()
			.stream()
			.skip(this.before)
			.forEach((invalidation) -> sent.addAll(invalidation.paths()));
		return sent;
	}

	private Set<String> tracked() {
		return this.application.getBean(UrlStore.class)
			.scan("/", 1000)
			.stream()
			.map(TrackedPath::path)
			.filter((path) -> !path.startsWith("/error"))
			.collect(Collectors.toCollection(TreeSet::new));
	}

	private Map<String, String> view() throws Exception {
		Map<String, String> states = new LinkedHashMap<>();
		for (String page : PAGES) {
			HttpResponse<String> response = this.http.send(
					HttpRequest.newBuilder(this.cloudFront.edge().resolve(page)).build(),
					HttpResponse.BodyHandlers.ofString());
			assertThat(response.statusCode()).isEqualTo(200);
			states.put(page, response.headers().firstValue("X-Cache").orElseThrow().split(" ")[0]);
		}
		return states;
	}

	final String post(String body) throws Exception {
		HttpResponse<String> response = this.http
			.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + "/actuator/cfinvalidate"))
				.header("Content-Type", "application/json")
				.POST(HttpRequest.BodyPublishers.ofString(body))
				.build(), HttpResponse.BodyHandlers.ofString());
		assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
		return response.body();
	}

	private String port() {
		return this.application.getEnvironment().getRequiredProperty("local.server.port");
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Pages.class)
	static class Shop {

	}

	@RestController
	static class Pages {

		static volatile String productOfReviews;

		@GetMapping("/products/{id}")
		@CacheTags({ "product:#{#id}", "products" })
		String product(@PathVariable String id) {
			return "Product " + id;
		}

		@GetMapping("/products/{id}/reviews")
		@CacheTags("product:#{#result}")
		String reviews(@PathVariable String id) {
			String other = productOfReviews;
			return (other != null) ? other : id;
		}

		@GetMapping("/products/featured")
		String featured() {
			return "Featured";
		}

		@GetMapping("/blog/party")
		@CacheTags("Café & Co, 🎉")
		String party() {
			return "Party";
		}

		@GetMapping("/blog/long")
		String longTag(HttpServletRequest request) {
			ResponseTags.add(request, "long".repeat(75));
			return "Long";
		}

		@GetMapping("/many")
		String many(HttpServletRequest request) {
			ResponseTags.add(request, IntStream.range(0, 60).mapToObj((i) -> "many:" + i).toList());
			return "Many";
		}

		@GetMapping("/about")
		String about() {
			return "About";
		}

	}

}
