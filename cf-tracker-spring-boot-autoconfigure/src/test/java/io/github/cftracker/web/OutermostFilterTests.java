package io.github.cftracker.web;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

import com.jayway.jsonpath.JsonPath;
import io.github.cftracker.UrlStore;
import io.github.cftracker.test.LocalCloudFront;
import io.github.cftracker.web.AnsweringFilters.AnsweringFilter;
import io.github.cftracker.web.AnsweringFilters.Initializer;
import io.github.cftracker.web.AnsweringFilters.MaintenanceFilter;
import io.github.cftracker.web.AnsweringFilters.PageCacheFilter;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.server.servlet.ConfigurableServletWebServerFactory;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.web.filter.UrlHandlerFilter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Responses of other filters, from the viewer's request to the invalidation.
 */
@Tag("full")
@ExtendWith(OutputCaptureExtension.class)
class OutermostFilterTests {

	private static final List<String> PATHS = List.of("/slash/", "/maintenance", "/cached", "/scanned", "/initialized");

	private final HttpClient http = HttpClient.newHttpClient();

	@ParameterizedTest
	@EnumSource(Server.class)
	void oneRunInvalidatesWhatOtherFiltersHaveAnswered(Server server) throws Exception {
		try (LocalCloudFront cloudFront = LocalCloudFront.start();
				ConfigurableApplicationContext context = start(server, cloudFront)) {
			URI application = application(context);
			cloudFront.origin(application);
			AnsweringFilters.content = "an old page";
			for (String path : PATHS) {
				// Fills the page cache
				get(application.resolve(path));
			}
			awaitRecording(context, application);
			invalidate(application);

			for (String path : PATHS) {
				assertThat(cacheState(get(cloudFront.edge().resolve(path)))).as(path).isEqualTo("Miss");
			}
			awaitRecording(context, cloudFront.edge());
			AnsweringFilters.content = "a new page";
			((PageCacheFilter) context.getBean("pageCache", FilterRegistrationBean.class).getFilter()).clear();
			for (String path : PATHS) {
				HttpResponse<String> old = get(cloudFront.edge().resolve(path));
				assertThat(cacheState(old)).as(path).isEqualTo("Hit");
				assertThat(old.body()).as(path).doesNotContain("new");
			}

			invalidate(application);

			for (String path : PATHS) {
				HttpResponse<String> current = get(cloudFront.edge().resolve(path));
				assertThat(cacheState(current)).as(path).isEqualTo("Miss");
				assertThat(current.body()).as(path).doesNotContain("old");
			}
			assertThat(JsonPath.<List<?>>read(get(application.resolve("/actuator/cfinvalidate")).body(), "$.findings"))
				.isEmpty();
		}
	}

	@ParameterizedTest
	@EnumSource(Server.class)
	void reportsFiltersThatRunBeforeTheTrackingFilter(Server server, CapturedOutput output) throws Exception {
		try (LocalCloudFront cloudFront = LocalCloudFront.start();
				ConfigurableApplicationContext context = start(server, cloudFront,
						"cf.tracker.tracking.filter-order=" + (Ordered.HIGHEST_PRECEDENCE + 10))) {
			String problem = "Filter '%s' (%s) runs before the tracking filter, so responses that it sends itself are not tracked.";
			String maintenance = problem.formatted("maintenance", MaintenanceFilter.class.getName());
			URI application = application(context);
			String endpoint = get(application.resolve("/actuator/cfinvalidate")).body();
			assertThat(JsonPath.<List<String>>read(endpoint, "$.findings[*].problem"))
				.contains(maintenance, problem.formatted("trailingSlash", UrlHandlerFilter.class.getName()),
						problem.formatted("pageCache", PageCacheFilter.class.getName()))
				.noneMatch((found) -> found.contains("ScannedFilter"));
			assertThat(JsonPath.<List<String>>read(endpoint, "$.findings[*].fix"))
				.allMatch((fix) -> fix.startsWith("Set 'cf.tracker.tracking.filter-order'"));
			String health = get(application.resolve("/actuator/health")).body();
			assertThat(JsonPath.<String>read(health, "$.status")).isEqualTo("UP");
			assertThat(JsonPath.<List<String>>read(health, "$.components.cfTracker.details.findings"))
				.anyMatch((found) -> found.startsWith(maintenance));
			assertThat(output).containsOnlyOnce(maintenance);
		}
	}

	@ParameterizedTest
	@EnumSource(Server.class)
	void reportsFilterThatInsistsOnBeingTheOutermostOne(Server server) throws Exception {
		try (LocalCloudFront cloudFront = LocalCloudFront.start();
				ConfigurableApplicationContext context = start(EndOfRequest.class, server, cloudFront)) {
			assertThat(JsonPath.<List<String>>read(get(application(context).resolve("/actuator/cfinvalidate")).body(),
					"$.findings[*].problem"))
				.singleElement()
				.asString()
				.contains("'endOfRequest' (" + EndOfRequestFilter.class.getName() + ")");
		}
	}

	@ParameterizedTest
	@EnumSource(Server.class)
	void reportsFilterThatAnInitializerHasRegisteredBefore(Server server) throws Exception {
		try (LocalCloudFront cloudFront = LocalCloudFront.start();
				ConfigurableApplicationContext context = start(Initializer.class, server, cloudFront,
						"cf.tracker.tracking.filter-order=0")) {
			assertThat(JsonPath.<List<String>>read(get(application(context).resolve("/actuator/cfinvalidate")).body(),
					"$.findings[*].problem"))
				.anyMatch((found) -> found.contains("'initialized' (" + AnsweringFilter.class.getName() + ")"));
		}
	}

	/**
	 * Waits until a later request on the same connection is recorded.
	 */
	private void awaitRecording(ConfigurableApplicationContext context, URI server) throws Exception {
		String path = "/page?" + UUID.randomUUID();
		get(server.resolve(path));
		UrlStore store = context.getBean(UrlStore.class);
		await().until(() -> store.scan("/page", 1000).stream().anyMatch((tracked) -> tracked.path().equals(path)));
	}

	private static URI application(ConfigurableApplicationContext context) {
		return URI.create("http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port"));
	}

	private void invalidate(URI application) throws Exception {
		HttpResponse<String> run = this.http.send(HttpRequest.newBuilder(application.resolve("/actuator/cfinvalidate"))
			.header("Content-Type", "application/json")
			.POST(BodyPublishers.ofString("{\"wait\":\"PT30S\"}"))
			.build(), BodyHandlers.ofString());
		assertThat(JsonPath.<String>read(run.body(), "$.state")).isEqualTo("COMPLETED");
	}

	private HttpResponse<String> get(URI uri) throws Exception {
		return this.http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
	}

	private static String cacheState(HttpResponse<?> response) {
		return response.headers().firstValue("X-Cache").orElse("").split(" ", 2)[0];
	}

	private static ConfigurableApplicationContext start(Server server, LocalCloudFront cloudFront,
			String... properties) {
		return start(Filters.class, server, cloudFront, properties);
	}

	private static ConfigurableApplicationContext start(Class<?> filters, Server server, LocalCloudFront cloudFront,
			String... properties) {
		List<String> all = new ArrayList<>(List.of("server.port=0", "spring.main.banner-mode=off",
				"cf.tracker.store=memory", "cf.tracker.tracking.flush-interval=1ms",
				"cf.tracker.invalidation.items-per-second=0",
				"cf.tracker.distribution-id=" + cloudFront.distributionId(),
				"cf.tracker.endpoint=" + cloudFront.endpoint(), "cf.tracker.access-key=" + cloudFront.accessKey(),
				"cf.tracker.secret-key=" + cloudFront.secretKey(), "management.endpoint.health.show-details=always",
				"management.endpoints.web.exposure.include=health,cfinvalidate"));
		all.addAll(List.of(properties));
		return new SpringApplicationBuilder(filters, Application.class)
			.initializers((context) -> context.getBeanFactory().registerSingleton("server", server))
			.run(all.stream().map("--"::concat).toArray(String[]::new));
	}

	@Configuration(proxyBeanMethods = false)
	@Import(AnsweringFilters.class)
	static class Filters {

	}

	@Configuration(proxyBeanMethods = false)
	static class EndOfRequest {

		@Bean
		FilterRegistrationBean<EndOfRequestFilter> endOfRequest() {
			return EndOfRequestFilter.outermost();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(AnsweringFilters.Pages.class)
	static class Application {

		@Bean
		ConfigurableServletWebServerFactory webServerFactory(Server server) {
			return server.createFactory();
		}

	}

}
