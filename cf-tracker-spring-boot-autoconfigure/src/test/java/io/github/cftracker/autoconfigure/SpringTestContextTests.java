package io.github.cftracker.autoconfigure;

import io.github.cftracker.CloudFrontInvalidator;
import io.github.cftracker.InvalidatesCloudFront;
import io.github.cftracker.Run;
import io.github.cftracker.UrlStore;
import io.github.cftracker.UrlTracker;
import io.github.cftracker.test.AutoConfigureLocalCloudFront;
import io.github.cftracker.test.LocalCloudFront;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;
import software.amazon.awssdk.services.cloudfront.CloudFrontClient;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.stereotype.Component;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The tests of an application never call AWS by accident.
 */
class SpringTestContextTests {

	@Nested
	@SpringBootTest(classes = { Application.class, OwnClient.class }, webEnvironment = WebEnvironment.NONE,
			properties = { "cf.tracker.distribution-id=E123", "cf.tracker.store=memory",
					"cf.tracker.access-key=AKIAIOSFODNN7EXAMPLE", "cf.tracker.secret-key=secret" })
	class Plain {

		@Autowired
		private CloudFrontInvalidator invalidator;

		@Autowired
		private UrlTracker tracker;

		@Autowired
		private Shop shop;

		@Autowired
		private CloudFrontClient client;

		@Autowired
		private ApplicationContext context;

		@Test
		void nothingIsSentAndTheRunStatesWhy() {
			this.tracker.track("/products/7");
			this.shop.save();
			Run run = this.invalidator.invalidateAll().completion().join();
			assertThat(run.state()).isEqualTo(Run.State.EMPTY);
			assertThat(run.error()).isEqualTo("Nothing was sent because this is a test without a local CloudFront");
			assertThat(this.context.getBeansOfType(UrlStore.class)).isEmpty();
			Mockito.verifyNoInteractions(this.client);
		}

	}

	@Nested
	@SpringBootTest(classes = Application.class, webEnvironment = WebEnvironment.NONE,
			properties = "cf.tracker.store=memory")
	@AutoConfigureLocalCloudFront
	class WithLocalCloudFront {

		@Autowired
		private CloudFrontInvalidator invalidator;

		@Autowired
		private UrlTracker tracker;

		@Autowired
		private LocalCloudFront cloudFront;

		@Test
		void isSentToTheLocalCloudFront() {
			this.cloudFront.clear();
			this.tracker.track("/products/7");
			Run run = this.invalidator.invalidateAll().completion().join();
			assertThat(run.state()).isEqualTo(Run.State.COMPLETED);
			assertThat(this.cloudFront.billedItems()).isEqualTo(1);
		}

	}

	@Nested
	@SpringBootTest(classes = Application.class, webEnvironment = WebEnvironment.NONE)
	@TestPropertySource(properties = { "cf.tracker.distribution-id=E123", "cf.tracker.store=memory",
			"cf.tracker.distribution.mirror=false", "cf.tracker.endpoint=http://127.0.0.1:1" })
	class WithAnEndpoint {

		@Autowired
		private ApplicationContext context;

		@Test
		void isActive() {
			assertThat(this.context.getBeansOfType(UrlStore.class)).hasSize(1);
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		Shop shop() {
			return new Shop();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class OwnClient {

		@Bean
		CloudFrontClient client() {
			return Mockito.mock(CloudFrontClient.class);
		}

	}

	@Component
	static class Shop {

		@InvalidatesCloudFront(paths = "/products/7")
		public void save() {
		}

	}

}
