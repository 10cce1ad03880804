package com.example.shop;

import java.time.Duration;

import io.github.cftracker.AfterCommitInvalidator;
import io.github.cftracker.CloudFrontInvalidator;
import io.github.cftracker.UrlTracker;
import io.github.cftracker.test.AutoConfigureLocalCloudFront;
import io.github.cftracker.test.LocalCloudFront;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.context.bean.override.mockito.MockitoSpyBean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.Mockito.timeout;
import static org.mockito.Mockito.verify;

/**
 * Tests replace and watch the public beans of the starter, active and off.
 */
class MockTests {

	@Nested
	@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
	@AutoConfigureLocalCloudFront
	class ActiveMocks {

		@MockitoBean
		private CloudFrontInvalidator invalidator;

		@MockitoBean
		private UrlTracker tracker;

		@Autowired
		private Catalog catalog;

		@Autowired
		private LocalCloudFront cloudFront;

		@Test
		void aMockOfTheInvalidatorReceivesEachRequest() {
			this.catalog.rename(3, "dish");
			verifyRequestOf(this.invalidator, "product:3");
			this.catalog.replace(new Product(2L, "saucer"));
			verifyRequestOf(this.invalidator, "product:2");
			assertThat(this.cloudFront.invalidations()).isEmpty();
		}

		@Test
		void pagesAreAnsweredWithAMockOfTheTracker() {
			assertThat(new Browser(this.cloudFront.edge() + "/shop").get("/products/1").statusCode()).isEqualTo(200);
		}

	}

	@Nested
	@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
	@AutoConfigureLocalCloudFront
	class ActiveSpies {

		@MockitoSpyBean
		private CloudFrontInvalidator invalidator;

		@MockitoSpyBean
		private UrlTracker tracker;

		@Autowired
		private Catalog catalog;

		@Autowired
		private LocalCloudFront cloudFront;

		@Test
		void aSpyOfTheInvalidatorSeesEachTrigger() {
			Browser edge = new Browser(this.cloudFront.edge() + "/shop");
			edge.get("/products/3");
			this.tracker.track("/shop/tracked-manually", Duration.ofHours(1));
			verify(this.tracker).track("/shop/tracked-manually", Duration.ofHours(1));
			this.catalog.rename(3, "dish");
			verifyRequestOf(this.invalidator, "product:3");
			Awaitility.await().untilAsserted(() -> assertThat(this.cloudFront.invalidations()).hasSize(1));
		}

	}

	@Nested
	@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
	@AutoConfigureLocalCloudFront
	class ActiveAfterCommit {

		@MockitoBean
		private AfterCommitInvalidator afterCommit;

		@Autowired
		private Catalog catalog;

		@Test
		void aMockOfTheAfterCommitInvalidatorReceivesRequests() {
			this.catalog.replace(new Product(2L, "saucer"));
			verify(this.afterCommit).invalidate(any());
			this.catalog.rename(3, "dish");
		}

	}

	@Nested
	@SpringBootTest
	class OffMocks {

		@MockitoBean
		private CloudFrontInvalidator invalidator;

		@MockitoBean
		private UrlTracker tracker;

		@MockitoBean
		private AfterCommitInvalidator afterCommit;

		@Autowired
		private Catalog catalog;

		@Test
		void mocksReplaceTheBeansThatDoNothing() {
			this.catalog.replace(new Product(2L, "saucer"));
			verify(this.afterCommit).invalidate(any());
		}

	}

	@Nested
	@SpringBootTest
	class OffSpies {

		@MockitoSpyBean
		private CloudFrontInvalidator invalidator;

		@MockitoSpyBean
		private UrlTracker tracker;

		@MockitoSpyBean
		private AfterCommitInvalidator afterCommit;

		@Autowired
		private Catalog catalog;

		@Test
		void spiesWatchTheBeansThatDoNothing() {
			this.catalog.replace(new Product(2L, "saucer"));
			verify(this.afterCommit).invalidate(any());
			this.invalidator.invalidateAll();
			verify(this.invalidator).invalidateAll();
		}

	}

	private static void verifyRequestOf(CloudFrontInvalidator invalidator, String tag) {
		verify(invalidator, timeout(10_000)).invalidate(argThat((request) -> request.selection().tags().contains(tag)));
	}

}
