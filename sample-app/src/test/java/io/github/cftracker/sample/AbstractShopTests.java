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

import io.github.cftracker.test.LocalCloudFront;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.util.TestSocketUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The sample as it starts by default, but on free ports.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
abstract class AbstractShopTests {

	private final HttpClient client = HttpClient.newHttpClient();

	@Autowired
	private LocalCloudFront cloudFront;

	@LocalServerPort
	private int port;

	@DynamicPropertySource
	static void freePorts(DynamicPropertyRegistry registry) {
		int apiPort = TestSocketUtils.findAvailableTcpPort();
		registry.add("sample.api-port", () -> apiPort);
		registry.add("sample.edge-port", () -> 0);
	}

	/**
	 * A run that another test has started without waiting would take paths of this one.
	 */
	@BeforeEach
	void emptyTheEdge() {
		Awaitility.await()
			.untilAsserted(() -> assertThat(getAsOperator("/actuator/cfinvalidate").body())
				.doesNotContain("\"finishedAt\":null"));
		this.cloudFront.clear();
	}

	HttpResponse<String> throughEdge(String path) throws IOException, InterruptedException {
		return send(HttpRequest.newBuilder(URI.create(this.cloudFront.edge() + path)));
	}

	HttpResponse<String> get(String path, String... headers) throws IOException, InterruptedException {
		return send(withHeaders(HttpRequest.newBuilder(uri(path)), headers));
	}

	HttpResponse<String> getHtml(String path) throws IOException, InterruptedException {
		return send(HttpRequest.newBuilder(uri(path)).header("Accept", "text/html"));
	}

	HttpResponse<String> getAsOperator(String path) throws IOException, InterruptedException {
		return send(asOperator(path));
	}

	HttpResponse<String> post(String path, String... headers) throws IOException, InterruptedException {
		return send(withHeaders(HttpRequest.newBuilder(uri(path)), headers).POST(BodyPublishers.noBody()));
	}

	HttpResponse<String> postAsOperator(String path, String... headers) throws IOException, InterruptedException {
		return send(withHeaders(asOperator(path), headers).POST(BodyPublishers.noBody()));
	}

	HttpResponse<String> invalidate(String json) throws IOException, InterruptedException {
		return send(asOperator("/actuator/cfinvalidate").header("Content-Type", "application/json")
			.POST(BodyPublishers.ofString(json)));
	}

	static String cacheState(HttpResponse<String> response) {
		return response.headers().firstValue("X-Cache").orElseThrow().replace(" from cloudfront", "");
	}

	static String cacheControl(HttpResponse<String> response) {
		return String.join(", ", response.headers().allValues("Cache-Control"));
	}

	private HttpRequest.Builder asOperator(String path) {
		byte[] credentials = "operator:operator".getBytes(StandardCharsets.UTF_8);
		return HttpRequest.newBuilder(uri(path))
			.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(credentials));
	}

	private static HttpRequest.Builder withHeaders(HttpRequest.Builder request, String... headers) {
		return (headers.length > 0) ? request.headers(headers) : request;
	}

	private URI uri(String path) {
		return URI.create("http://127.0.0.1:" + this.port + path);
	}

	private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
		return this.client.send(request.build(), BodyHandlers.ofString());
	}

}
