package com.example.jetty;

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
import org.springframework.boot.jetty.JettyWebServer;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application on Jetty, without Tomcat.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@AutoConfigureLocalCloudFront
class JettyTests {

	private final HttpClient client = HttpClient.newHttpClient();

	@Autowired
	private LocalCloudFront cloudFront;

	@Autowired
	private UrlStore store;

	@Autowired
	private ServletWebServerApplicationContext context;

	@LocalServerPort
	private int port;

	@Test
	void tracksAndInvalidatesPages() throws Exception {
		assertThat(this.context.getWebServer()).isInstanceOf(JettyWebServer.class);
		assertThat(send(HttpRequest.newBuilder(URI.create(this.cloudFront.edge() + "/pages/7")))).isEqualTo("page 7");
		Awaitility.await().untilAsserted(() -> assertThat(this.store.count()).isEqualTo(1));
		URI endpoint = URI.create("http://127.0.0.1:" + this.port + "/actuator/cfinvalidate?tags=page:7&wait=30s");
		assertThat(send(HttpRequest.newBuilder(endpoint).POST(BodyPublishers.noBody())))
			.contains("\"state\":\"COMPLETED\"");
		assertThat(this.cloudFront.invalidations()).singleElement()
			.satisfies((invalidation) -> assertThat(invalidation.paths()).containsExactly("/pages/7"));
		assertThat(this.store.count()).isZero();
	}

	private String send(HttpRequest.Builder request) throws Exception {
		return this.client.send(request.build(), BodyHandlers.ofString()).body();
	}

}
