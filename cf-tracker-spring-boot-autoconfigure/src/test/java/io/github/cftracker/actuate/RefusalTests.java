package io.github.cftracker.actuate;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

import com.jayway.jsonpath.JsonPath;
import io.github.cftracker.UrlTracker;
import io.github.cftracker.test.AutoConfigureLocalCloudFront;
import io.github.cftracker.test.LocalCloudFront;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.annotation.DirtiesContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an operator sees when CloudFront refuses.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "cf.tracker.store=memory", "management.endpoints.web.exposure.include=health,cfinvalidate",
				"management.endpoint.health.show-details=always" })
@AutoConfigureLocalCloudFront
@DirtiesContext
class RefusalTests {

	private final HttpClient http = HttpClient.newHttpClient();

	@LocalServerPort
	private int port;

	@Autowired
	private LocalCloudFront cloudFront;

	@Autowired
	private UrlTracker tracker;

	@Test
	@Tag("full")
	void healthIsDownAndNamesWhatToGrantUntilABatchIsAccepted() throws Exception {
		assertThat(health().statusCode()).isEqualTo(200);
		this.tracker.track("/a");
		this.cloudFront.refuseNext(403, "AccessDenied", "You may not do that");
		String failed = invalidate();
		assertThat(JsonPath.<String>read(failed, "$.state")).isEqualTo("FAILED");
		assertThat(JsonPath.<String>read(failed, "$.error")).isEqualTo("You may not do that");

		HttpResponse<String> down = health();
		assertThat(down.statusCode()).isEqualTo(503);
		assertThat(JsonPath.<String>read(down.body(), "$.components.cfTracker.status")).isEqualTo("DOWN");
		assertThat(JsonPath.<String>read(down.body(), "$.components.cfTracker.details.refusal"))
			.isEqualTo("You may not do that. Grant 'cloudfront:CreateInvalidation' on distribution '%s'"
				.formatted(this.cloudFront.distributionId()));
		assertThat(JsonPath.<String>read(down.body(), "$.components.cfTracker.details.lastRun.id"))
			.isEqualTo(JsonPath.<String>read(failed, "$.id"));

		String sent = invalidate();
		assertThat(JsonPath.<String>read(sent, "$.state")).isEqualTo("COMPLETED");
		HttpResponse<String> up = health();
		assertThat(up.statusCode()).isEqualTo(200);
		assertThat(JsonPath.<String>read(up.body(), "$.components.cfTracker.details.lastRun.state"))
			.isEqualTo("COMPLETED");
		assertThat(up.body()).doesNotContain("refusal");
	}

	private String invalidate() throws Exception {
		return this.http
			.send(HttpRequest.newBuilder(uri("/actuator/cfinvalidate?wait=30s"))
				.header("Content-Type", "application/json")
				.POST(BodyPublishers.noBody())
				.build(), BodyHandlers.ofString())
			.body();
	}

	private HttpResponse<String> health() throws Exception {
		return this.http.send(HttpRequest.newBuilder(uri("/actuator/health")).build(), BodyHandlers.ofString());
	}

	private URI uri(String path) {
		return URI.create("http://127.0.0.1:" + this.port + path);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
