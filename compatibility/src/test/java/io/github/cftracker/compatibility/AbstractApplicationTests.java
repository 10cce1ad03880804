package io.github.cftracker.compatibility;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

import io.github.cftracker.CacheTags;
import io.github.cftracker.InvalidatesCloudFront;
import io.github.cftracker.UrlStore;
import io.github.cftracker.test.AutoConfigureLocalCloudFront;
import io.github.cftracker.test.LocalCloudFront;
import io.micrometer.core.instrument.MeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application that uses the starter with Spring MVC, Actuator and transactions.
 */
@SpringBootTest(classes = AbstractApplicationTests.Application.class, webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "management.endpoints.web.exposure.include=health,cfinvalidate,cfpaths",
				"management.endpoint.health.show-details=always" })
@AutoConfigureLocalCloudFront
abstract class AbstractApplicationTests {

	private final HttpClient client = HttpClient.newHttpClient();

	@Autowired
	private LocalCloudFront cloudFront;

	@Autowired
	private UrlStore store;

	@Autowired
	private MeterRegistry meters;

	@Autowired
	private Prices prices;

	@LocalServerPort
	private int port;

	@Test
	void tracksAndInvalidatesThroughTheEndpointAndAfterCommit() throws Exception {
		request("/pages/1");
		request("/pages/2");
		Awaitility.await().until(() -> this.store.count() == 2);
		assertThat(get("/actuator/cfpaths").body()).contains("\"/pages/1\"", "\"/pages/2\"", "\"page:2\"");
		HttpResponse<String> run = post("/actuator/cfinvalidate?matching=%2Fpages%2F1&wait=30s");
		assertThat(run.statusCode()).isEqualTo(200);
		assertThat(run.body()).contains("\"state\":\"COMPLETED\"");
		assertThat(this.cloudFront.invalidations().get(0).paths()).containsExactly("/pages/1");
		assertThat(this.store.count()).isEqualTo(1);
		this.prices.change(2);
		Awaitility.await().until(() -> this.cloudFront.invalidations().size() == 2);
		assertThat(this.cloudFront.invalidations().get(1).paths()).containsExactly("/pages/2");
		assertThat(request("/pages/2")).isEqualTo("Miss from cloudfront");
		assertThat(post("/actuator/cfinvalidate?unknown=1").statusCode()).isEqualTo(400);
		assertThat(get("/actuator/health").body()).contains("\"status\":\"UP\"").contains("cfTracker");
		assertThat(this.meters.getMeters()).anyMatch((meter) -> meter.getId().getName().startsWith("cf.tracker."));
	}

	@Test
	void usesTheNamedStore() {
		assertThat(this.store.name()).isEqualTo(storeName());
	}

	abstract String storeName();

	private String request(String path) throws IOException, InterruptedException {
		return send(HttpRequest.newBuilder(URI.create(this.cloudFront.edge() + path))).headers()
			.firstValue("X-Cache")
			.orElseThrow();
	}

	private HttpResponse<String> get(String path) throws IOException, InterruptedException {
		return send(HttpRequest.newBuilder(uri(path)));
	}

	private HttpResponse<String> post(String path) throws IOException, InterruptedException {
		return send(HttpRequest.newBuilder(uri(path)).POST(BodyPublishers.noBody()));
	}

	private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
		return this.client.send(request.build(), BodyHandlers.ofString());
	}

	private URI uri(String path) {
		return URI.create("http://localhost:" + this.port + path);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		Prices prices() {
			return new Prices();
		}

		@RestController
		static class Pages {

			@GetMapping("/pages/{id}")
			@CacheTags("page:#{#id}")
			String page(@PathVariable String id) {
				return id;
			}

		}

	}

	static class Prices {

		@Transactional
		@InvalidatesCloudFront(tags = "page:#{#id}")
		public void change(long id) {
		}

	}

}
