package io.github.cftracker.starter;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;

import io.github.cftracker.CloudFrontInvalidator;
import io.github.cftracker.Run;
import io.github.cftracker.UrlStore;
import io.github.cftracker.test.AutoConfigureLocalCloudFront;
import io.github.cftracker.test.LocalCloudFront;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.ClassUtils;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application with the starter and Spring MVC, and nothing else on its class path.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "cf.tracker.store=memory")
@AutoConfigureLocalCloudFront
class StarterWithoutActuatorTests {

	@Autowired
	private LocalCloudFront cloudFront;

	@Autowired
	private UrlStore store;

	@Autowired
	private CloudFrontInvalidator invalidator;

	@Test
	void tracksThroughTheEdgeAndInvalidates() throws Exception {
		assertThat(ClassUtils.isPresent("org.springframework.boot.actuate.endpoint.annotation.Endpoint", null))
			.isFalse();
		assertThat(cacheStateOf("/pages/1")).isEqualTo("Miss from cloudfront");
		assertThat(cacheStateOf("/pages/1")).isEqualTo("Hit from cloudfront");
		Awaitility.await().until(() -> this.store.count() == 1);
		assertThat(this.invalidator.invalidateAll().completion().join().state()).isEqualTo(Run.State.COMPLETED);
		assertThat(this.cloudFront.invalidations().get(0).paths()).containsExactly("/pages/1");
		assertThat(cacheStateOf("/pages/1")).isEqualTo("Miss from cloudfront");
	}

	@Test
	void hasOneHttpClientForTheSdk() {
		assertThat(List.of("apache5.Apache5HttpClient", "apache.ApacheHttpClient", "nio.netty.NettyNioAsyncHttpClient",
				"urlconnection.UrlConnectionHttpClient", "crt.AwsCrtHttpClient"))
			.filteredOn((client) -> ClassUtils.isPresent("software.amazon.awssdk.http." + client, null))
			.containsExactly("urlconnection.UrlConnectionHttpClient");
	}

	@Test
	void bringsNothingOfSpringCloudAwsAndNoApacheHttpClient() {
		assertThat(List.of("io.awspring.cloud.autoconfigure.core.AwsAutoConfiguration",
				"org.apache.http.client.HttpClient", "org.apache.hc.client5.http.classic.HttpClient"))
			.noneMatch((name) -> ClassUtils.isPresent(name, null));
	}

	private String cacheStateOf(String path) throws Exception {
		return HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(URI.create(this.cloudFront.edge() + path)).build(), BodyHandlers.ofString())
			.headers()
			.firstValue("X-Cache")
			.orElseThrow();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@RestController
		static class Pages {

			@GetMapping("/pages/{id}")
			String page(@PathVariable String id) {
				return id;
			}

		}

	}

}
