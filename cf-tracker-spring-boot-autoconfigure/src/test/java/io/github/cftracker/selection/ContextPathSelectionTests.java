package io.github.cftracker.selection;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;

import com.jayway.jsonpath.JsonPath;
import io.github.cftracker.CloudFrontInvalidator;
import io.github.cftracker.InvalidatesCloudFront;
import io.github.cftracker.InvalidationRequest;
import io.github.cftracker.PathLifetime;
import io.github.cftracker.UrlStore;
import io.github.cftracker.test.LocalCloudFront;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Selections in an application with a context path, and hints at those that select
 * nothing.
 */
@Tag("full")
@TestInstance(Lifecycle.PER_CLASS)
@ExtendWith(OutputCaptureExtension.class)
class ContextPathSelectionTests {

	private final HttpClient http = HttpClient.newHttpClient();

	private LocalCloudFront cloudFront;

	private ConfigurableApplicationContext application;

	private String start;

	@BeforeAll
	void start(CapturedOutput output) throws Exception {
		this.cloudFront = LocalCloudFront.builder().completesAfter(Duration.ofMillis(20)).start();
		this.application = new SpringApplicationBuilder(Clinic.class).run("--server.port=0",
				"--server.servlet.context-path=/shop", "--management.endpoints.web.exposure.include=*",
				"--cf.tracker.store=memory", "--cf.tracker.distribution-id=" + this.cloudFront.distributionId(),
				"--cf.tracker.endpoint=" + this.cloudFront.endpoint(),
				"--cf.tracker.access-key=" + this.cloudFront.accessKey(),
				"--cf.tracker.secret-key=" + this.cloudFront.secretKey(),
				"--cf.tracker.invalidation.calls-per-second=1000");
		this.start = output.getOut();
		get("/owners/7");
		get("/api/vets");
		UrlStore store = this.application.getBean(UrlStore.class);
		await().until(() -> store.count() == 2);
		store.track(List.of(new PathLifetime("/elsewhere", PathLifetime.FOREVER)));
	}

	@AfterAll
	void stop() {
		this.application.close();
		this.cloudFront.close();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/owners/{ownerId}", "/shop/owners/{ownerId}" })
	void selectsRouteWithAndWithoutContextPath(String route) throws Exception {
		String plan = post("{\"routes\":\"%s\",\"dryRun\":true}".formatted(route));
		assertThat(JsonPath.<List<String>>read(plan, "$.plan")).containsExactly("/shop/owners/7");
		assertThat(JsonPath.<List<String>>read(plan, "$.selection.routes")).containsExactly("/owners/{ownerId}");
		assertThat(JsonPath.<List<String>>read(plan, "$.hints")).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					{"routes":"/owners/{id}","dryRun":true}              | This application has no mapping '/owners/{id}'. Did you mean '/owners/{ownerId}'?
					{"routes":"/shop/api/v1/vets","dryRun":true}         | This application has no mapping '/api/v1/vets'. Did you mean '/api/vets'?
					{"paths":"/shop/a,/shop/b/*","dryRun":true}          | '/shop/a,/shop/b/*' is a single path that contains a comma. Separate paths by white space, or send an array
					{"matching":["/owners/*"],"dryRun":true}             | Pattern '/owners/*' does not select pages of this application, whose paths start with '/shop'. Did you mean '/shop/owners/*'?
					{"paths":"/owners/9","dryRun":true}                  | Path '/owners/9' does not select pages of this application, whose paths start with '/shop'. Did you mean '/shop/owners/9'?
					""")
	void hintsAtMistakesInDryRun(String request, String hint) throws Exception {
		assertThat(JsonPath.<List<String>>read(post(request), "$.hints")).containsExactly(hint);
	}

	@Test
	void hintsAtMistakesInRunsAndInTheList() throws Exception {
		String accepted = post("{\"routes\":\"/owner/{id}\"}");
		String hint = "This application has no mapping '/owner/{id}'. Did you mean '/owners/{ownerId}'?";
		assertThat(JsonPath.<List<String>>read(accepted, "$.hints")).containsExactly(hint);
		String id = JsonPath.read(accepted, "$.id");
		assertThat(JsonPath.<List<String>>read(get("/actuator/cfinvalidate/" + id), "$.hints")).containsExactly(hint);
		assertThat(JsonPath.<List<List<String>>>read(get("/actuator/cfinvalidate"), "$.runs[*].hints"))
			.contains(List.of(hint));
	}

	@Test
	void warnsAtStartOfAnnotationsWithUnknownMappings() {
		String where = "@InvalidatesCloudFront(%s) on " + Owners.class.getName() + ".%s(): ";
		assertThat(this.start.lines().filter((line) -> line.contains("@InvalidatesCloudFront")))
			.satisfiesExactlyInAnyOrder(
					(line) -> assertThat(line).contains("WARN", where.formatted("routes", "rename"),
							"Did you mean '/owners/{ownerId}'?"),
					(line) -> assertThat(line).contains("WARN", where.formatted("paths", "rename"), "contains a comma"),
					(line) -> assertThat(line).contains("WARN", where.formatted("routes", "hire"),
							"Did you mean '/api/vets'?"));
	}

	@Test
	void warnsOnceOfRequestsByJava(CapturedOutput output) {
		CloudFrontInvalidator invalidator = this.application.getBean(CloudFrontInvalidator.class);
		InvalidationRequest request = InvalidationRequest.builder().routes(List.of("/api/vetos")).build();
		invalidator.plan(request);
		invalidator.invalidate(request);
		this.application.getBean(Owners.class).move("/api/vetos");
		assertThat(output.getOut().lines().filter((line) -> line.contains("/api/vetos"))).singleElement()
			.asString()
			.contains("WARN", "This application has no mapping '/api/vetos'. Did you mean '/api/vets'?");
	}

	private String get(String path) throws Exception {
		return this.http.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString()).body();
	}

	private String post(String body) throws Exception {
		return this.http
			.send(HttpRequest.newBuilder(uri("/actuator/cfinvalidate"))
				.header("Content-Type", "application/json")
				.POST(BodyPublishers.ofString(body))
				.build(), BodyHandlers.ofString())
			.body();
	}

	private URI uri(String path) {
		return URI.create("http://127.0.0.1:%s/shop%s"
			.formatted(this.application.getEnvironment().getRequiredProperty("local.server.port"), path));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import({ Pages.class, Owners.class })
	static class Clinic {

	}

	@RestController
	static class Pages {

		@GetMapping({ "/owners/{id}/history", "/owners/{ownerId}" })
		ResponseEntity<String> owner(@PathVariable(required = false) String ownerId) {
			return ResponseEntity.ok().cacheControl(CacheControl.maxAge(Duration.ofHours(1))).body("owner");
		}

		@GetMapping("/api/vets")
		ResponseEntity<String> vets() {
			return ResponseEntity.ok().cacheControl(CacheControl.maxAge(Duration.ofHours(1))).body("vets");
		}

	}

	static class Owners {

		@InvalidatesCloudFront(routes = { "/owners/{id}", "/shop/owners/{ownerId}" }, paths = "/shop/a,/shop/b")
		void rename() {
		}

		@InvalidatesCloudFront(routes = "/api/v2/vets", tags = "vets", matching = "/**")
		void hire() {
		}

		@InvalidatesCloudFront(routes = "#{#route}")
		void move(String route) {
		}

	}

}
