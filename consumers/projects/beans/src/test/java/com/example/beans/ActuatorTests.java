package com.example.beans;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Requests what the starter's actuator adds to the pages of an application. The
 * application exposes what Spring Boot exposes by default.
 */
class ActuatorTests {

	private static final List<String> PATHS = List.of("/actuator", "/actuator/health", "/actuator/info",
			"/actuator/cfinvalidate", "/actuator/cfpaths");

	@Test
	@EnabledIfSystemProperty(named = "beans.module", matches = "plain-without")
	void thereIsNoActuator() throws Exception {
		assertThat(statuses()).hasSameSizeAs(PATHS).allSatisfy((path, status) -> assertThat(status).isEqualTo(404));
	}

	@ParameterizedTest
	@ValueSource(strings = { "cf.tracker.enabled=false", "cf.tracker.distribution-id=",
			"cf.tracker.distribution-id=E2QWRUHAPOMQZL cf.tracker.endpoint=http://127.0.0.1:1 cf.tracker.access-key=key "
					+ "cf.tracker.secret-key=secret cf.tracker.store=memory" })
	@EnabledIfSystemProperty(named = "beans.module", matches = "plain-with")
	void theStarterExposesHealthAlone(String properties) throws Exception {
		Map<String, Integer> statuses = statuses(properties.split(" "));
		System.out.println("With the starter and %s: %s".formatted(Arrays.asList(properties.split(" ")), statuses));
		assertThat(statuses).hasSameSizeAs(PATHS)
			.allSatisfy((path, status) -> assertThat(status)
				.isEqualTo(path.matches("/actuator|/actuator/health") ? 200 : 404));
	}

	private static Map<String, Integer> statuses(String... properties) throws IOException, InterruptedException {
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
			.properties("server.port=0")
			.properties(properties)
			.run()) {
			Map<String, Integer> statuses = new TreeMap<>();
			for (String path : PATHS) {
				statuses.put(path, status(context, path));
			}
			return statuses;
		}
	}

	private static int status(ConfigurableApplicationContext context, String path)
			throws IOException, InterruptedException {
		URI uri = URI.create("http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port") + path);
		HttpResponse<Void> response = HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.discarding());
		return response.statusCode();
	}

}
