package io.github.cftracker.test;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudfront.CloudFrontClient;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(classes = AutoConfigureLocalCloudFrontTests.Application.class, webEnvironment = WebEnvironment.NONE,
		properties = { "cf.tracker.endpoint=http://overridden", "cf.tracker.distribution-id=overridden",
				"cf.tracker.region=cn-northwest-1", "cf.tracker.session-token=token",
				"cf.tracker.role-arn=arn:aws:iam::111122223333:role/cdn" })
@AutoConfigureLocalCloudFront
class AutoConfigureLocalCloudFrontTests {

	@Autowired
	private ConfigurableEnvironment environment;

	@Autowired
	private LocalCloudFront cloudFront;

	@Autowired
	private String beanOfTheTest;

	@BeforeEach
	void clear() {
		this.cloudFront.clear();
	}

	@Test
	void setsProperties() {
		assertThat(this.environment.getProperty("cf.tracker.endpoint"))
			.isEqualTo(this.cloudFront.endpoint().toString());
		assertThat(this.environment.getProperty("cf.tracker.region")).isEqualTo("us-east-1");
		assertThat(this.environment.getProperty("cf.tracker.access-key")).isEqualTo(this.cloudFront.accessKey());
		assertThat(this.environment.getProperty("cf.tracker.secret-key")).isEqualTo(this.cloudFront.secretKey());
		assertThat(this.environment.getProperty("cf.tracker.distribution-id"))
			.isEqualTo(this.cloudFront.distributionId());
		assertThat(this.environment.getProperty("cf.tracker.session-token")).isEmpty();
		assertThat(this.environment.getProperty("cf.tracker.role-arn")).isEmpty();
	}

	@Test
	void leavesOtherBeansAlone() {
		assertThat(this.beanOfTheTest).isEqualTo("bean of the test");
	}

	@Test
	void answersTheApi() {
		try (CloudFrontClient client = SdkClient.of(this.cloudFront)) {
			client.createInvalidation(SdkClient.invalidation(this.cloudFront, "first", "/a"));
		}
		assertThat(this.cloudFront.billedItems()).isEqualTo(1);
	}

	@Test
	void resolvesOriginAtRequestTime() throws Exception {
		try (TestOrigin origin = new TestOrigin()) {
			assertThat(edge("/a").statusCode()).isEqualTo(502);
			Map<String, Object> port = new HashMap<>(Map.of("local.server.port", origin.uri().getPort()));
			this.environment.getPropertySources().addLast(new MapPropertySource("port", port));
			assertThat(edge("/a").body()).isEqualTo("page 1");
		}
		finally {
			this.environment.getPropertySources().remove("port");
		}
	}

	private HttpResponse<String> edge(String target) throws Exception {
		return HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(URI.create(this.cloudFront.edge() + target)).build(), BodyHandlers.ofString());
	}

	@Nested
	class NestedTests {

		@Test
		void sharesContextOfEnclosingClass(@Autowired LocalCloudFront cloudFront) {
			assertThat(cloudFront).isSameAs(AutoConfigureLocalCloudFrontTests.this.cloudFront);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Application {

		@Bean
		String beanOfTheTest() {
			return "bean of the test";
		}

	}

}
