package io.github.cftracker.autoconfigure;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.cftracker.AfterCommitInvalidator;
import io.github.cftracker.CloudFrontInvalidator;
import io.github.cftracker.InvalidatesCloudFront;
import io.github.cftracker.InvalidationRequest;
import io.github.cftracker.Pricing;
import io.github.cftracker.UrlStore;
import io.github.cftracker.UrlTracker;
import io.github.cftracker.actuate.CfInvalidateEndpoint;
import io.github.cftracker.actuate.CfPathsEndpoint;
import io.github.cftracker.run.QueuedInvalidator;
import io.github.cftracker.scheduling.RunOnce;
import io.github.cftracker.scheduling.ScheduledInvalidation;
import io.github.cftracker.test.AutoConfigureLocalCloudFront;
import io.github.cftracker.test.LocalCloudFront;
import jakarta.servlet.FilterChain;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.context.TestPropertySource;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.context.bean.override.mockito.MockitoSpyBean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.ArgumentMatchers.argThat;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoMoreInteractions;

/**
 * The beans that an application may mock or spy on in its tests, and what calls them.
 */
class MockedBeansTests {

	private static final InvalidationRequest PRODUCT = InvalidationRequest.ofTags("product:7");

	/**
	 * A page is requested, with the given status as its answer.
	 */
	private static void get(ApplicationContext context, String path, int status) throws Exception {
		MockHttpServletResponse response = new MockHttpServletResponse();
		FilterChain chain = (request, answer) -> response.setStatus(status);
		context.getBean(CfTrackerWebAutoConfiguration.FILTER, FilterRegistrationBean.class)
			.getFilter()
			.doFilter(new MockHttpServletRequest("GET", path), response, chain);
	}

	private static int runOnce(CloudFrontInvalidator invalidator, String... arguments) {
		AtomicInteger exitCode = new AtomicInteger(-1);
		new RunOnce(invalidator, new DefaultApplicationArguments(arguments), Pricing.PAY_AS_YOU_GO, exitCode::set)
			.onApplicationEvent(mock(ApplicationReadyEvent.class));
		return exitCode.get();
	}

	@Nested
	@Active
	class Spied {

		@MockitoSpyBean
		private CloudFrontInvalidator invalidator;

		@MockitoSpyBean
		private UrlTracker tracker;

		@MockitoSpyBean
		private UrlStore store;

		@Autowired
		private LocalCloudFront cloudFront;

		@Test
		void seesAnAnnotatedMethod(@Autowired Shop shop) {
			shop.save(7);
			verify(this.invalidator).invalidate(PRODUCT);
			verifyNoMoreInteractions(this.invalidator);
		}

		@Test
		void seesRequestsAfterTheCommit(@Autowired AfterCommitInvalidator afterCommit) {
			afterCommit.invalidateAll();
			verify(this.invalidator).invalidate(InvalidationRequest.ofEverything());
			verifyNoMoreInteractions(this.invalidator);
		}

		@Test
		void seesTheEndpoint(@Autowired CfInvalidateEndpoint endpoint) {
			assertThat(endpoint.invalidate(null, null, null, "product:7", null, null).getStatus()).isEqualTo(202);
			verify(this.invalidator).invalidate(PRODUCT);
			verifyNoMoreInteractions(this.invalidator);
		}

		@Test
		void seesADryRun(@Autowired CfInvalidateEndpoint endpoint) {
			assertThat(endpoint.invalidate(null, null, null, "product:7", "true", null).getStatus()).isEqualTo(200);
			verify(this.invalidator).plan(PRODUCT);
			verifyNoMoreInteractions(this.invalidator);
		}

		@Test
		void seesTheSchedule(@Autowired ScheduledInvalidation schedule) {
			schedule.invalidateAll();
			verify(this.invalidator).invalidate(InvalidationRequest.ofEverything());
			verifyNoMoreInteractions(this.invalidator);
		}

		@Test
		void seesASingleRun() {
			assertThat(runOnce(this.invalidator, "--tags=product:7")).isZero();
			verify(this.invalidator).invalidate(PRODUCT);
		}

		@Test
		void seesOneCallOfInvalidateAll() {
			this.invalidator.invalidateAll();
			verify(this.invalidator).invalidateAll();
			verifyNoMoreInteractions(this.invalidator);
		}

		@Test
		void seesWhatTheApplicationTracks() {
			this.tracker.track("/seen", Duration.ofHours(1));
			verify(this.tracker).track("/seen", Duration.ofHours(1));
			awaitTracked("/seen");
		}

		@Test
		void pagesAreTracked(@Autowired ApplicationContext context) throws Exception {
			get(context, "/page", 200);
			awaitTracked("/page");
			get(context, "/page", 404);
			Awaitility.await().untilAsserted(() -> verify(this.store).untrackNotFound(eq(List.of("/page")), any()));
		}

		private void awaitTracked(String path) {
			Awaitility.await()
				.untilAsserted(() -> verify(this.store)
					.track(argThat((paths) -> paths.stream().anyMatch((tracked) -> tracked.path().equals(path)))));
		}

		@Test
		void stillInvalidates() {
			this.invalidator.invalidate(InvalidationRequest.ofPaths("/products/7")).completion().join();
			// Other tests have requested runs too
			assertThat(this.cloudFront.invalidations())
				.anySatisfy((invalidation) -> assertThat(invalidation.paths()).containsExactly("/products/7"));
		}

	}

	@Nested
	@Active
	class MockedInvalidator {

		@MockitoBean
		private CloudFrontInvalidator invalidator;

		@MockitoSpyBean
		private AfterCommitInvalidator afterCommit;

		@Test
		void isCalledByAnAnnotatedMethod(@Autowired Shop shop) {
			shop.save(7);
			verify(this.afterCommit).invalidate(PRODUCT);
			verifyNoMoreInteractions(this.afterCommit);
			verify(this.invalidator).invalidate(PRODUCT);
			verifyNoMoreInteractions(this.invalidator);
		}

		@Test
		void isCalledAfterTheCommit() {
			this.afterCommit.invalidateAll();
			verify(this.afterCommit).invalidateAll();
			verifyNoMoreInteractions(this.afterCommit);
			verify(this.invalidator).invalidate(InvalidationRequest.ofEverything());
		}

		@Test
		void answersTheEndpoint(@Autowired CfInvalidateEndpoint endpoint) {
			assertThat(endpoint.invalidate(null, null, null, "product:7", null, "1s").getStatus()).isEqualTo(200);
			verify(this.invalidator).invalidate(PRODUCT);
			assertThat(endpoint.invalidate(null, null, null, "product:7", "true", null).getStatus()).isEqualTo(200);
			verify(this.invalidator).plan(PRODUCT);
			assertThat(endpoint.overview().getStatus()).isEqualTo(200);
			assertThat(endpoint.run("1").getStatus()).isEqualTo(404);
		}

		@Test
		void isCalledBySchedule(@Autowired ScheduledInvalidation schedule) {
			schedule.invalidateAll();
			verify(this.invalidator).invalidate(InvalidationRequest.ofEverything());
		}

		@Test
		void isCalledByASingleRun() {
			runOnce(this.invalidator, "--tags=product:7");
			verify(this.invalidator).invalidate(PRODUCT);
		}

		@Test
		void nothingIsProcessedBehindIt(@Autowired QueuedInvalidator queue) {
			CloudFrontInvalidator notStarted = queue.open();
			assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(notStarted::invalidateAll);
		}

	}

	@Nested
	@Active
	class MockedTracker {

		@MockitoBean
		private UrlTracker tracker;

		@MockitoBean
		private AfterCommitInvalidator afterCommit;

		@Test
		void isCalledByTheFilter(@Autowired ApplicationContext context) throws Exception {
			get(context, "/page", 200);
			get(context, "/gone", 404);
			// Early responses wait for the distribution's settings
			Awaitility.await().untilAsserted(() -> {
				verify(this.tracker).track(eq("/page"), any());
				verify(this.tracker).untrack("/gone");
			});
		}

		@Test
		void theEndpointsAnswer(@Autowired CfInvalidateEndpoint runs, @Autowired CfPathsEndpoint paths) {
			assertThat(runs.overview().getStatus()).isEqualTo(200);
			assertThat(paths.paths(null, null).getStatus()).isEqualTo(200);
		}

		@Test
		void aMockInPlaceOfTheDeliveryIsCalledByAnAnnotatedMethod(@Autowired Shop shop) {
			shop.save(7);
			verify(this.afterCommit).invalidate(PRODUCT);
		}

		@Test
		void invalidatesWithoutIt(@Autowired CloudFrontInvalidator invalidator) {
			assertThat(invalidator.invalidate(InvalidationRequest.ofPaths("/a")).completion().join().batches())
				.hasSize(1);
		}

	}

	@Nested
	@Active
	@Tag("full")
	class MockedStore {

		@MockitoBean
		private UrlStore store;

		@Test
		void isCalledByTheTracker(@Autowired UrlTracker tracker) {
			tracker.untrack("/a");
			Awaitility.await().untilAsserted(() -> verify(this.store).untrack(any()));
		}

		@Test
		void theEndpointsAnswer(@Autowired CfInvalidateEndpoint runs, @Autowired CfPathsEndpoint paths) {
			assertThat(runs.overview().getStatus()).isEqualTo(200);
			assertThat(paths.paths(null, null).getStatus()).isEqualTo(200);
		}

	}

	/**
	 * Without a local CloudFront the tracker is off.
	 */
	@Nested
	@SpringBootTest(classes = Application.class)
	@TestPropertySource(properties = "cf.tracker.distribution-id=E123")
	class MockedWhileOff {

		@MockitoBean
		private CloudFrontInvalidator invalidator;

		@MockitoBean
		private UrlTracker tracker;

		@MockitoBean
		private AfterCommitInvalidator afterCommit;

		@Test
		void starts() {
			this.tracker.track("/a");
			this.afterCommit.invalidateAll();
			verify(this.invalidator, never()).find(anyString());
		}

	}

	@Nested
	@SpringBootTest(classes = Application.class)
	@TestPropertySource(properties = "cf.tracker.distribution-id=E123")
	class SpiedWhileOff {

		@MockitoSpyBean
		private CloudFrontInvalidator invalidator;

		@MockitoSpyBean
		private UrlTracker tracker;

		@MockitoSpyBean
		private AfterCommitInvalidator afterCommit;

		@Test
		void seeAnAnnotatedMethod(@Autowired Shop shop) {
			shop.save(7);
			verify(this.afterCommit).invalidate(PRODUCT);
			verifyNoMoreInteractions(this.afterCommit);
			verify(this.invalidator).invalidate(PRODUCT);
			verifyNoMoreInteractions(this.invalidator);
		}

		@Test
		void seeOneCallEach() {
			this.invalidator.invalidateAll();
			verify(this.invalidator).invalidateAll();
			this.tracker.track("/a");
			verify(this.tracker).track("/a");
			verifyNoMoreInteractions(this.tracker);
			this.afterCommit.invalidateAll();
			verify(this.afterCommit).invalidateAll();
			verifyNoMoreInteractions(this.afterCommit);
			verify(this.invalidator).invalidate(InvalidationRequest.ofEverything());
			verifyNoMoreInteractions(this.invalidator);
		}

	}

	@Retention(RetentionPolicy.RUNTIME)
	@SpringBootTest(classes = Application.class)
	@AutoConfigureLocalCloudFront(distributionId = "EMOCKS", completesAfterMillis = 0)
	@TestPropertySource(properties = { "cf.tracker.store=memory", "cf.tracker.schedule.cron=0 0 3 1 1 *",
			"cf.tracker.tracking.flush-interval=10ms", "management.endpoints.web.exposure.include=*" })
	@interface Active {

	}

	static class Shop {

		@InvalidatesCloudFront(tags = "product:#{#id}")
		void save(int id) {
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

}
