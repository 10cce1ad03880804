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

import org.springframework.core.env.Environment;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;

/**
 * Asks the endpoint over HTTP, with the operator's login, as {@code curl} does.
 */
@Component
@OnThisMachine
class OperatorClient {

	private final HttpClient http = HttpClient.newHttpClient();

	private final Environment environment;

	OperatorClient(Environment environment) {
		this.environment = environment;
	}

	String get(String path) throws IOException, InterruptedException {
		HttpResponse<String> response = send(request(path));
		if (response.statusCode() != 200) {
			throw new IllegalStateException(
					"%s returned status %d: %s".formatted(path, response.statusCode(), response.body()));
		}
		return response.body();
	}

	ResponseEntity<String> post(String path, String json) throws IOException, InterruptedException {
		HttpResponse<String> response = send(request(path).header("Content-Type", MediaType.APPLICATION_JSON_VALUE)
			.POST(BodyPublishers.ofString(json)));
		return ResponseEntity.status(response.statusCode()).body(response.body());
	}

	private HttpRequest.Builder request(String path) {
		String login = this.environment.getRequiredProperty("spring.security.user.name") + ':'
				+ this.environment.getRequiredProperty("spring.security.user.password");
		return HttpRequest
			.newBuilder(
					URI.create("http://127.0.0.1:" + this.environment.getRequiredProperty("local.server.port") + path))
			.header("Authorization",
					"Basic " + Base64.getEncoder().encodeToString(login.getBytes(StandardCharsets.UTF_8)));
	}

	private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
		return this.http.send(request.build(), BodyHandlers.ofString());
	}

}
