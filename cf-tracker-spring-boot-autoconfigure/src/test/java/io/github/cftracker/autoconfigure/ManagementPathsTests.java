package io.github.cftracker.autoconfigure;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Collection;
import java.util.List;

import io.github.cftracker.TrackedPath;
import io.github.cftracker.UrlStore;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Management endpoints are never tracked, wherever they are, and nothing else is left
 * out.
 */
@Tag("full")
class ManagementPathsTests {

	@Test
	void atTheDefaultBasePath() throws Exception {
		assertThat(tracked(List.of("/actuator", "/actuator/health", "/info"))).containsExactly("/info");
	}

	@Test
	void atABasePathOfTheApplicationsOwn() throws Exception {
		assertThat(tracked(List.of("/manage/health", "/info"), "management.endpoints.web.base-path=/manage"))
			.containsExactly("/info");
	}

	@Test
	void atTheRoot() throws Exception {
		assertThat(tracked(List.of("/health", "/page"), "management.endpoints.web.base-path=/"))
			.containsExactly("/page");
	}

	@Test
	void belowTheContextAndServletPath() throws Exception {
		assertThat(tracked(List.of("/shop/app/actuator/health", "/shop/app/info"), "server.servlet.context-path=/shop",
				"spring.mvc.servlet.path=/app/"))
			.containsExactly("/shop/app/info");
	}

	@Test
	void atAdditionalPaths() throws Exception {
		assertThat(tracked(List.of("/livez", "/info"), "management.endpoint.health.probes.add-additional-paths=true"))
			.containsExactly("/info");
	}

	@Test
	void atAPortOfTheirOwn() throws Exception {
		// Two servers on the class path of these tests define the same bean for that port
		assertThat(tracked(List.of("/info"), "management.server.port=0", "management.endpoints.web.base-path=/",
				"spring.main.allow-bean-definition-overriding=true"))
			.containsExactly("/info");
	}

	private static Collection<String> tracked(List<String> requests, String... properties) throws Exception {
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
			.properties("cf.tracker.store=memory", "cf.tracker.distribution-id=E123", "server.port=0",
					"management.endpoints.web.exposure.include=health")
			.properties(properties)
			.run()) {
			for (String request : requests) {
				String port = context.getEnvironment().getRequiredProperty("local.server.port");
				assertThat(HttpClient.newHttpClient()
					.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + request)).build(),
							BodyHandlers.ofString())
					.statusCode()).as(request).isEqualTo(200);
			}
			UrlStore store = context.getBean(UrlStore.class);
			Awaitility.await().until(() -> store.count() > 0);
			return store.scan("/", 100).stream().map(TrackedPath::path).toList();
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@RestController
		static class Pages {

			@GetMapping({ "/info", "/page" })
			String page() {
				return "page";
			}

		}

	}

}
