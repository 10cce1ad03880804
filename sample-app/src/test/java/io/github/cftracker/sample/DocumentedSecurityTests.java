package io.github.cftracker.sample;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

import io.github.cftracker.test.AutoConfigureLocalCloudFront;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.web.servlet.function.RouterFunction;
import org.springframework.web.servlet.function.RouterFunctions;
import org.springframework.web.servlet.function.ServerResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the filter chains in {@code docs/security.md}.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		classes = { DocumentedSecurityTests.Application.class, DocumentedCode.Operators.class,
				DocumentedCode.Pages.class },
		properties = "cf.tracker.tracking.source=any")
@AutoConfigureLocalCloudFront
class DocumentedSecurityTests {

	private static final String INVALIDATE = "/actuator/cfinvalidate";

	private static final String LOGIN = "Basic "
			+ Base64.getEncoder().encodeToString("operator:operator".getBytes(StandardCharsets.UTF_8));

	@LocalServerPort
	private int port;

	@Test
	void endpointNeedsLogin() throws Exception {
		assertThat(send(post()).statusCode()).isEqualTo(401);
		assertThat(send(request(INVALIDATE)).statusCode()).isEqualTo(401);
	}

	@Test
	void operatorInvalidates() throws Exception {
		assertThat(send(post().header("Authorization", LOGIN)).statusCode()).isEqualTo(202);
		assertThat(send(request(INVALIDATE).header("Authorization", LOGIN)).statusCode()).isEqualTo(200);
	}

	@ParameterizedTest
	@CsvSource({ "Origin, https://elsewhere.example", "Sec-Fetch-Site, cross-site" })
	void pageInBrowserDoesNotInvalidate(String header, String value) throws Exception {
		assertThat(send(post().header("Authorization", LOGIN).header(header, value)).statusCode()).isEqualTo(403);
	}

	@Test
	void healthNeedsNoLogin() throws Exception {
		assertThat(send(request("/actuator/health")).statusCode()).isEqualTo(200);
	}

	@Test
	void pageIsTracked() throws Exception {
		assertThat(send(request("/page")).headers().firstValue("Cache-Control")).isEmpty();
		Awaitility.await()
			.untilAsserted(() -> assertThat(send(request("/actuator/cfpaths").header("Authorization", LOGIN)).body())
				.contains("\"/page\""));
	}

	private HttpRequest.Builder post() {
		return request(INVALIDATE).POST(BodyPublishers.noBody());
	}

	private HttpRequest.Builder request(String path) {
		return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + this.port + path));
	}

	private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
		return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
	}

	@EnableAutoConfiguration
	static class Application {

		@Bean
		RouterFunction<ServerResponse> page() {
			return RouterFunctions.route().GET("/page", (request) -> ServerResponse.ok().body("page")).build();
		}

	}

}
