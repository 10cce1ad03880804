package com.example.shop;

import io.github.cftracker.UrlStore;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The application in each way to run it: twice, lazily, stopped and started, below a
 * parent, and with a separate port for management.
 */
class LifecycleTests {

	@ParameterizedTest
	@ValueSource(strings = { "spring.main.lazy-initialization=true", "spring.threads.virtual.enabled=true" })
	void tracksWithOptionsOfTheContext(String property) {
		try (RunningShop shop = RunningShop.start(property)) {
			shop.assertTracksAndInvalidates();
		}
	}

	@Test
	void twoContextsInOneProcessDoNotDisturbEachOther() {
		try (RunningShop second = RunningShop.start("spring.application.name=second")) {
			try (RunningShop first = RunningShop.start("spring.application.name=first")) {
				first.assertTracksAndInvalidates();
				assertThat(second.context().getBean(UrlStore.class).count()).isZero();
				second.assertTracksAndInvalidates();
			}
			second.assertTracksAndInvalidates();
		}
	}

	@Test
	void tracksAgainAfterAStopAndAStart() {
		try (RunningShop shop = RunningShop.start()) {
			shop.assertTracksAndInvalidates();
			shop.context().stop();
			shop.context().start();
			shop.assertTracksAndInvalidates();
		}
	}

	@Test
	void tracksBelowAParent() {
		SpringApplicationBuilder application = new SpringApplicationBuilder(Parent.class).web(WebApplicationType.NONE)
			.child(ShopApplication.class)
			.web(WebApplicationType.SERVLET);
		try (RunningShop shop = RunningShop.start(application)) {
			assertThat(shop.context().getParent().getBean("fromTheParent")).isEqualTo("here");
			shop.assertTracksAndInvalidates();
		}
	}

	@Test
	void answersOnASeparateManagementPort() {
		try (RunningShop shop = RunningShop.start("management.server.port=0")) {
			Browser management = new Browser("http://127.0.0.1:" + shop.port("local.management.port"));
			assertThat(management.get("/actuator/health").body()).contains("\"status\":\"UP\"");
			assertThat(shop.application().get("/products/1").statusCode()).isEqualTo(200);
			UrlStore store = shop.context().getBean(UrlStore.class);
			Awaitility.await().untilAsserted(() -> assertThat(store.count()).isEqualTo(1));
			assertThat(management.getAsOperator("/actuator/cfpaths").body()).contains("\"/shop/products/1\"");
			assertThat(management.postAsOperator("/actuator/cfinvalidate?wait=30s").body()).contains("COMPLETED");
			assertThat(store.count()).isZero();
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class Parent {

		@Bean
		String fromTheParent() {
			return "here";
		}

	}

}
