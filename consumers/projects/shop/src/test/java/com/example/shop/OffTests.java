package com.example.shop;

import io.github.cftracker.AfterCommitInvalidator;
import io.github.cftracker.CloudFrontInvalidator;
import io.github.cftracker.UrlStore;
import io.github.cftracker.UrlTracker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.cache.CacheManager;
import org.springframework.cache.caffeine.CaffeineCacheManager;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * The application with the tracker off, and with the dependency alone.
 */
@ExtendWith(OutputCaptureExtension.class)
class OffTests {

	@ParameterizedTest
	@ValueSource(strings = { "cf.tracker.enabled=false", "cf.tracker.distribution-id=",
			"cf.tracker.distribution-id=${CF_DISTRIBUTION_THAT_IS_NOT_SET:}" })
	void offIsAsIfTheDependencyWereNotThere(String property, CapturedOutput output) {
		try (RunningShop shop = RunningShop.start(property)) {
			Browser application = shop.application();
			assertThat(application.get("/products/1").statusCode()).isEqualTo(200);
			shop.context().getBean(Catalog.class).rename(1, "mug");
			assertThat(application.get("/products/1").body()).contains("mug");
			assertThat(application.get("/actuator/health").body()).contains("\"status\":\"UP\"")
				.doesNotContain("cfTracker", "redis");
			assertThat(application.postAsOperator("/actuator/cfinvalidate").statusCode()).isEqualTo(404);
			assertThat(shop.context().getBean(CacheManager.class)).isInstanceOf(CaffeineCacheManager.class);
			assertThat(shop.context().getBeansOfType(UrlStore.class)).isEmpty();
			assertThat(shop.context().getBean(UrlTracker.class)).isNotNull();
			assertThat(shop.context().getBean(AfterCommitInvalidator.class)).isNotNull();
			assertThat(shop.context().getBean(CloudFrontInvalidator.class).invalidateAll().run().error())
				.startsWith("Nothing was sent because 'cf.tracker.");
			assertThat(shop.cloudFront().calls()).isEmpty();
			assertBlankIsShown(property.contains("distribution-id"), application, output);
		}
	}

	private static void assertBlankIsShown(boolean blank, Browser application, CapturedOutput output) {
		String message = "cf-tracker is off because 'cf.tracker.distribution-id' is blank";
		String info = application.getAsOperator("/actuator/info").body();
		if (blank) {
			assertThat(output).containsOnlyOnce(message);
			assertThat(info).contains("\"cfTracker\"", "is blank");
		}
		else {
			assertThat(output).doesNotContain(message);
			assertThat(info).doesNotContain("cfTracker");
		}
	}

	@Test
	void aMissingIdStopsTheStartWithTheAnalysisOnly(CapturedOutput output) {
		// Another name: the application's own file has the id
		assertThatException().isThrownBy(() -> start("--spring.config.name=missing", "--server.port=0").close());
		assertThat(output).contains("APPLICATION FAILED TO START", "'cf.tracker.distribution-id' is not set")
			.doesNotContain("Tomcat initialized", "ERROR org.apache", "ERROR o.a.c", "StandardContext");
	}

	private static ConfigurableApplicationContext start(String... arguments) {
		return new SpringApplicationBuilder(ShopApplication.class).run(arguments);
	}

}
