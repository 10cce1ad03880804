package io.github.cftracker.actuate;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;

import io.github.cftracker.CloudFrontInvalidator;
import io.github.cftracker.UrlTracker;
import io.github.cftracker.test.LocalCloudFront;
import io.github.cftracker.testing.TestRedis;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * No secret where an application shows every value and logs at DEBUG.
 */
@ExtendWith(OutputCaptureExtension.class)
class SecretsTests {

	private static final String ACCESS_KEY = "AKIATOPSECRETACCESSKEY";

	private static final String SECRET_KEY = "top/secret+key/value";

	private static final String PASSWORD = "top-secret-password";

	private static final String HEADER = "top-secret-header-value";

	private static final String NEXT_HEADER = "next-secret-header-value";

	private static final String TOKEN = "top-secret-session-token";

	private static final String OVERRIDDEN_TOKEN = "former-secret-session-token";

	@Test
	void noSecretIsShownOrLogged(CapturedOutput output) throws Exception {
		try (TestRedis redis = TestRedis.start("--requirepass", PASSWORD);
				LocalCloudFront cloudFront = LocalCloudFront.builder()
					.accessKey(ACCESS_KEY)
					.secretKey(SECRET_KEY)
					.start();
				ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
					.properties(Map.of("cf.tracker.distribution-id", cloudFront.distributionId(), "cf.tracker.endpoint",
							cloudFront.endpoint().toString(), "elsewhere.secret-of-the-key", SECRET_KEY,
							"cf.tracker.secret-key", "${elsewhere.secret-of-the-key}", "cf.tracker.session-token",
							OVERRIDDEN_TOKEN, "management.endpoint.env.show-values", "always",
							"management.endpoint.configprops.show-values", "always",
							"management.endpoints.web.exposure.include", "*", "server.port", "0", "logging.level.root",
							"debug"))
					.run("--cf.tracker.access-key=" + ACCESS_KEY, "--CF_TRACKER_ACCESSKEY=" + ACCESS_KEY,
							"--elsewhere.redis=" + PASSWORD, "--elsewhere.header=" + NEXT_HEADER,
							"--cf.tracker.session-token=" + TOKEN, "--cf.tracker.tracking.source=secret-header",
							"--cf.tracker.tracking.secret-header.name=X-Origin-Secret",
							"--cf.tracker.tracking.secretHeader.values=" + HEADER + ",${elsewhere.header}",
							"--cf.tracker.redisUrl=redis://:${elsewhere.redis}@127.0.0.1:%d".formatted(redis.port()))) {
			context.getBean(UrlTracker.class).track("/a");
			assertThat(context.getBean(CloudFrontInvalidator.class).invalidateAll().completion().join().items())
				.isEqualTo(1);
			String env = get(context, "/actuator/env");
			String configprops = get(context, "/actuator/configprops");
			assertThat(env).contains("cf.tracker.access-key", cloudFront.distributionId());
			assertThat(configprops).contains("secretKey", cloudFront.distributionId());
			assertNoSecret(env);
			assertNoSecret(configprops);
			assertNoSecret(get(context, "/actuator/env/cf.tracker.secret-key"));
			assertNoSecret(get(context, "/actuator/beans"));
		}
		assertThat(output).contains("DEBUG", "Success! 201");
		// The access key id and the session token are headers of every signed request,
		// which
		// the AWS SDK logs at DEBUG. They are useless without the secret key.
		assertThat(output).doesNotContain(SECRET_KEY, PASSWORD, HEADER, NEXT_HEADER, OVERRIDDEN_TOKEN);
	}

	@Test
	@Tag("full")
	void noSecretIsShownWhereTheStarterIsOff() throws Exception {
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
			.properties(Map.of("cf.tracker.enabled", "false", "cf.tracker.secret-key", SECRET_KEY, "elsewhere",
					PASSWORD, "cf.tracker.redis-url", "rediss://u:${elsewhere}@h:1",
					"management.endpoint.env.show-values", "always", "management.endpoints.web.exposure.include", "*",
					"server.port", "0", "spring.data.redis.host", "localhost"))
			.run()) {
			assertNoSecret(get(context, "/actuator/env"));
		}
	}

	private static void assertNoSecret(String body) {
		assertThat(body).doesNotContain(ACCESS_KEY, SECRET_KEY, PASSWORD, HEADER, NEXT_HEADER, TOKEN, OVERRIDDEN_TOKEN);
	}

	private static String get(ConfigurableApplicationContext context, String path) throws Exception {
		String port = context.getEnvironment().getRequiredProperty("local.server.port");
		return HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
					BodyHandlers.ofString())
			.body();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
