package com.example.reactive;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;

import io.github.cftracker.UrlStore;
import io.github.cftracker.test.AutoConfigureLocalCloudFront;
import io.github.cftracker.test.LocalCloudFront;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.transaction.ReactiveTransactionManager;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A reactive application with R2DBC.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "cf.tracker.store=memory", "management.endpoints.web.exposure.include=cfinvalidate" })
@AutoConfigureLocalCloudFront
class ReactiveTests {

	private final HttpClient client = HttpClient.newHttpClient();

	@Autowired
	private LocalCloudFront cloudFront;

	@Autowired
	private UrlStore store;

	@Autowired
	private ReactiveApplication.Catalog catalog;

	@LocalServerPort
	private int port;

	@Test
	void tracksManuallyAndInvalidatesThroughTheEndpoint() throws Exception {
		this.catalog.add("cup").block();
		assertThat(send(HttpRequest.newBuilder(URI.create(this.cloudFront.edge() + "/products")))).contains("cup");
		Awaitility.await().untilAsserted(() -> assertThat(this.store.count()).isEqualTo(1));
		URI endpoint = URI.create("http://127.0.0.1:" + this.port + "/actuator/cfinvalidate?wait=30s");
		assertThat(send(HttpRequest.newBuilder(endpoint).POST(BodyPublishers.noBody())))
			.contains("\"state\":\"COMPLETED\"");
		assertThat(this.cloudFront.invalidations()).singleElement()
			.satisfies((invalidation) -> assertThat(invalidation.paths()).containsExactly("/products"));
	}

	@Test
	void startsWhileTheTrackerIsOff() {
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(ReactiveApplication.class)
			.run("--server.port=0", "--cf.tracker.enabled=false")) {
			assertThat(context.getBean(ReactiveTransactionManager.class)).isNotNull();
			assertThat(context.getBean(ReactiveApplication.Catalog.class).add("cup").block().name()).isEqualTo("cup");
		}
	}

	private String send(HttpRequest.Builder request) throws Exception {
		return this.client.send(request.build(), BodyHandlers.ofString()).body();
	}

}
