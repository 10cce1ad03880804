package io.github.cftracker.actuate;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.jayway.jsonpath.JsonPath;
import io.github.cftracker.test.BehaviorSettings;
import io.github.cftracker.test.LocalCloudFront;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

/**
 * What is wrong with the distribution, as an operator sees it: in the log, in health and
 * in the endpoint.
 */
@ExtendWith(OutputCaptureExtension.class)
class FindingsTests {

	private static final Duration ZERO = Duration.ZERO;

	private static final Duration DAY = Duration.ofDays(1);

	private final HttpClient http = HttpClient.newHttpClient();

	static Stream<Arguments> faults() {
		return Stream.of(
				fault("disabled", (cloudFront) -> cloudFront.distribution((it) -> it.enabled(false)),
						"is disabled and does not serve viewers", "cf.tracker.distribution-id"),
				fault("tenants only", (cloudFront) -> cloudFront.distribution((it) -> it.tenantOnly(true)),
						"only serves distribution tenants", "cf.tracker.distribution-id"),
				fault("unknown", (cloudFront) -> {
				}, "Distribution 'EUNKNOWN' does not exist", "cf.tracker.distribution-id",
						"cf.tracker.distribution-id=EUNKNOWN"),
				fault("may not be read",
						(cloudFront) -> cloudFront.refuseReading("GetDistributionConfig", 403, "AccessDenied",
								"You are not authorized"),
						"so the properties are used: You are not authorized.",
						"'cloudfront:GetDistributionConfig' on distribution"),
				fault("cache policy may not be read",
						(cloudFront) -> cloudFront.refuseReading("GetCachePolicy", 403, "AccessDenied",
								"You are not authorized"),
						"cache policy of distribution", "cloudfront:GetCachePolicy"),
				fault("another query string policy", behavior(BehaviorSettings::noQueryStrings),
						"'cf.tracker.tracking.query-string' puts", "cf.tracker.tracking.query-string.mode=auto",
						"cf.tracker.tracking.query-string.mode=all"),
				fault("nothing cached", behavior((it) -> it.ttl(ZERO, ZERO, ZERO)), "so nothing is tracked", "MaxTTL"),
				fault("no-store and MinTTL", behavior((it) -> it.ttl(Duration.ofMinutes(1), DAY, DAY)),
						"although its response is no-store", "Set the MinTTL"),
				fault("one behavior caches nothing",
						(cloudFront) -> cloudFront
							.distribution((it) -> it.behavior("/live*", (live) -> live.ttl(ZERO, ZERO, ZERO))),
						"'/live*' caches nothing", "cf.tracker.tracking.exclude"),
				fault("unknown origin id", (cloudFront) -> {
				}, "'cf.tracker.distribution.origin-id' is 'app'", "to one of these",
						"cf.tracker.distribution.origin-id=app"),
				fault("no secret header", (cloudFront) -> {
				}, "CloudFront does not add the header 'X-Origin-Secret'", "Add it to the origin's custom headers",
						"cf.tracker.tracking.source=secret-header",
						"cf.tracker.tracking.secret-header.name=X-Origin-Secret",
						"cf.tracker.tracking.secret-header.values=a-secret"),
				fault("another origin path",
						(cloudFront) -> cloudFront.distribution((it) -> it.originPath("origin", "/shop")),
						"but CloudFront adds '/shop'", "Remove 'cf.tracker.tracking.origin-path'",
						"cf.tracker.tracking.origin-path=/app"));
	}

	private static Arguments fault(String name, Consumer<LocalCloudFront> setting, String problem, String fix,
			String... properties) {
		return argumentSet(name, setting, problem, fix, List.of(properties));
	}

	private static Consumer<LocalCloudFront> behavior(Consumer<BehaviorSettings> settings) {
		return (cloudFront) -> cloudFront.distribution((distribution) -> distribution.defaultBehavior(settings));
	}

	@ParameterizedTest
	@MethodSource("faults")
	void isSaidOnceWithItsFix(Consumer<LocalCloudFront> setting, String problem, String fix, List<String> properties,
			CapturedOutput output) throws Exception {
		try (LocalCloudFront cloudFront = LocalCloudFront.start()) {
			setting.accept(cloudFront);
			try (ConfigurableApplicationContext context = start(cloudFront, properties)) {
				await().until(() -> cloudFront.calls()
					.stream()
					.anyMatch((call) -> call.operation().equals("GetDistributionConfig")));
				await().untilAsserted(() -> {
					get(context, "/account");
					get(context, "/live");
					assertThat(problems(context)).singleElement().asString().contains(problem);
				});
				assertThat(JsonPath.<List<String>>read(get(context, "/actuator/cfinvalidate"), "$.findings[*].fix"))
					.singleElement()
					.asString()
					.contains(fix)
					.endsWith(".");
				String health = get(context, "/actuator/health");
				assertThat(JsonPath.<String>read(health, "$.status")).isEqualTo("UP");
				assertThat(JsonPath.<List<String>>read(health, "$.components.cfTracker.details.findings"))
					.singleElement()
					.asString()
					.contains(problem, fix);
			}
		}
		assertThat(output.getAll().split(Pattern.quote(problem), -1)).hasSize(2);
	}

	@Test
	@Tag("full")
	void nothingIsSaidWhereNothingIsWrong(CapturedOutput output) throws Exception {
		try (LocalCloudFront cloudFront = LocalCloudFront.start();
				ConfigurableApplicationContext context = start(cloudFront, List.of())) {
			await().until(() -> output.toString().contains(": 1 cache behaviors"));
			get(context, "/account");
			get(context, "/live");
			assertThat(problems(context)).isEmpty();
			assertThat(get(context, "/actuator/health")).doesNotContain("findings");
		}
		assertThat(output).doesNotContain(" WARN 1 --- [cf-tracker-mirror");
	}

	private List<String> problems(ConfigurableApplicationContext context) throws Exception {
		return JsonPath.read(get(context, "/actuator/cfinvalidate"), "$.findings[*].problem");
	}

	private String get(ConfigurableApplicationContext context, String path) throws Exception {
		String port = context.getEnvironment().getRequiredProperty("local.server.port");
		return this.http
			.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
					BodyHandlers.ofString())
			.body();
	}

	private static ConfigurableApplicationContext start(LocalCloudFront cloudFront, List<String> properties) {
		List<String> all = new ArrayList<>(List.of("server.port=0", "cf.tracker.store=memory",
				"cf.tracker.endpoint=" + cloudFront.endpoint(), "cf.tracker.access-key=" + cloudFront.accessKey(),
				"cf.tracker.secret-key=" + cloudFront.secretKey(), "management.endpoint.health.show-details=always",
				"management.endpoints.web.exposure.include=health,cfinvalidate"));
		if (properties.stream().noneMatch((property) -> property.startsWith("cf.tracker.distribution-id="))) {
			all.add("cf.tracker.distribution-id=" + cloudFront.distributionId());
		}
		all.addAll(properties);
		return new SpringApplicationBuilder(Application.class)
			.run(all.stream().map("--"::concat).toArray(String[]::new));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@RestController
		static class Pages {

			@GetMapping("/account")
			ResponseEntity<String> account() {
				return ResponseEntity.ok().cacheControl(CacheControl.noStore()).body("account");
			}

			@GetMapping("/live")
			ResponseEntity<String> live() {
				return ResponseEntity.ok()
					.cacheControl(CacheControl.empty().sMaxAge(Duration.ofMinutes(1)))
					.body("live");
			}

		}

	}

}
