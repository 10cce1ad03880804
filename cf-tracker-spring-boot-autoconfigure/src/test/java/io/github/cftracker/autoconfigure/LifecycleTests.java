package io.github.cftracker.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.awspring.cloud.autoconfigure.core.AwsAutoConfiguration;
import io.awspring.cloud.autoconfigure.core.CredentialsProviderAutoConfiguration;
import io.awspring.cloud.autoconfigure.core.RegionProviderAutoConfiguration;
import io.github.cftracker.CloudFrontInvalidator;
import io.github.cftracker.InvalidationRequest;
import io.github.cftracker.Run;
import io.github.cftracker.RunEvent;
import io.github.cftracker.UrlStore;
import io.github.cftracker.UrlTracker;
import io.github.cftracker.run.RunLedger;
import io.github.cftracker.test.Fault;
import io.github.cftracker.test.LocalCloudFront;
import io.github.cftracker.testing.NewThreads;
import io.github.cftracker.testing.TestRedis;
import io.github.cftracker.tracking.TrackingRules;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationContextException;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Contexts that are closed, stopped and started again, or never start.
 */
@Timeout(60)
class LifecycleTests {

	private static LocalCloudFront cloudFront;

	private static int number;

	private final NewThreads threads = new NewThreads();

	private final int distribution = ++number;

	@BeforeAll
	static void start() {
		cloudFront = LocalCloudFront.builder().completesAfter(Duration.ZERO).start();
	}

	@AfterAll
	static void stop() {
		cloudFront.close();
	}

	@BeforeEach
	void clear() {
		cloudFront.clear();
	}

	@ParameterizedTest
	@ValueSource(strings = { "memory", "redis" })
	void leavesNoThreadAfterClose(String store) {
		try (ConfigurableApplicationContext context = run(store)) {
			use(context, "/a");
			assertThat(this.threads.names()).contains("cf-tracker-flush", "cf-tracker-sender");
		}
		assertThat(this.threads.names()).isEmpty();
	}

	@Tag("full")
	@ParameterizedTest
	@ValueSource(strings = { "memory", "redis" })
	void worksAfterStopAndStart(String store) {
		try (ConfigurableApplicationContext context = run(store)) {
			use(context, "/a");
			for (int i = 0; i < 2; i++) {
				context.stop();
				assertThat(this.threads.names())
					.allMatch((name) -> name.startsWith("cf-tracker-store-call-") || !name.startsWith("cf-tracker-"));
				context.start();
				use(context, "/" + i);
			}
		}
		assertThat(this.threads.names()).isEmpty();
	}

	@Tag("full")
	@ParameterizedTest
	@ValueSource(strings = { "memory", "redis" })
	void worksWithLazyInitialization(String store) {
		try (ConfigurableApplicationContext context = run(store, "spring.main.lazy-initialization=true")) {
			use(context, "/a");
			context.stop();
			context.start();
			use(context, "/b");
		}
		assertThat(this.threads.names()).isEmpty();
	}

	@Test
	@Tag("full")
	void twoContextsDoNotShareThreads() {
		try (ConfigurableApplicationContext second = run("memory")) {
			try (ConfigurableApplicationContext first = run("memory")) {
				use(first, "/a");
			}
			use(second, "/b");
		}
		assertThat(this.threads.names()).isEmpty();
	}

	@Test
	@Tag("full")
	void aChildContextThatIsClosedLeavesTheThreadsOfItsParent() {
		try (ConfigurableApplicationContext parent = run("memory")) {
			use(parent, "/a");
			Awaitility.await().until(() -> !this.threads.names().contains("cf-tracker-early-paths"));
			List<String> before = this.threads.names();
			new SpringApplicationBuilder(Application.class).parent(parent)
				.web(WebApplicationType.NONE)
				.properties(properties("memory"))
				.run()
				.close();
			assertThat(this.threads.names()).containsAll(before);
			use(parent, "/b");
		}
		assertThat(this.threads.names()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "memory", "redis" })
	void leavesNoThreadAfterAStartThatFails(String store) {
		SpringApplicationBuilder application = new SpringApplicationBuilder(Application.class, FailingStart.class)
			.web(WebApplicationType.NONE)
			.properties(properties(store));
		assertThatExceptionOfType(ApplicationContextException.class).isThrownBy(application::run)
			.withStackTraceContaining("Failed on purpose");
		assertThat(this.threads.names()).isEmpty();
	}

	@Test
	@Tag("full")
	void leavesNoThreadWhileTheDistributionIsAwaited() {
		try (LocalCloudFront hanging = LocalCloudFront.start()) {
			hanging.fail("GetDistributionConfig", LocalCloudFront.ALWAYS, Fault.hang());
			try (ConfigurableApplicationContext context = run("memory", "cf.tracker.endpoint=" + hanging.endpoint())) {
				Awaitility.await().until(() -> !hanging.calls().isEmpty());
				assertThat(context.getBean(TrackingRules.class).mayWait()).isTrue();
				assertThat(this.threads.names()).contains("cf-tracker-early-paths", "cf-tracker-mirror");
			}
			// The HTTP client of the SDK may ignore an interrupt
			assertThat(this.threads.names()).isSubsetOf("cf-tracker-mirror");
		}
		Awaitility.await().untilAsserted(() -> assertThat(this.threads.names()).isEmpty());
	}

	@Test
	void aListenerMayCloseTheContext() throws Exception {
		CountDownLatch closed = new CountDownLatch(1);
		ConfigurableApplicationContext context = run("memory");
		context.addApplicationListener((event) -> {
			if (event instanceof PayloadApplicationEvent<?> payload
					&& payload.getPayload() instanceof RunEvent.Completed) {
				context.close();
				closed.countDown();
			}
		});
		context.getBean(CloudFrontInvalidator.class).invalidate(InvalidationRequest.ofPaths("/a"));
		assertThat(closed.await(30, TimeUnit.SECONDS)).isTrue();
		Awaitility.await().untilAsserted(() -> assertThat(this.threads.names()).isEmpty());
	}

	private ConfigurableApplicationContext run(String store, String... properties) {
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.properties(properties(store))
			.properties(properties)
			.run();
	}

	private String[] properties(String store) {
		return new String[] { "cf.tracker.store=" + store, "cf.tracker.redis-url=" + TestRedis.shared().url(),
				"cf.tracker.key-prefix=lifecycle-" + this.distribution, "cf.tracker.endpoint=" + cloudFront.endpoint(),
				"cf.tracker.distribution-id=" + cloudFront.distributionId(),
				"cf.tracker.access-key=" + cloudFront.accessKey(), "cf.tracker.secret-key=" + cloudFront.secretKey(),
				"cf.tracker.invalidation.fresh-window=0s", "cf.tracker.tracking.flush-interval=10ms",
				"spring.main.banner-mode=off",
				// The starter does not bring it, and it does not wait for its threads
				"spring.autoconfigure.exclude=" + DataRedisAutoConfiguration.class.getName() };
	}

	private static void use(ApplicationContext context, String path) {
		UrlStore store = context.getBean(UrlStore.class);
		context.getBean(UrlTracker.class).track(path);
		Awaitility.await().until(() -> store.count() > 0);
		Run run = context.getBean(CloudFrontInvalidator.class).invalidateAll().completion().join();
		assertThat(run.state()).as(run.toString()).isEqualTo(Run.State.COMPLETED);
		assertThat(context.getBean(RunLedger.class).find(run.id())).isPresent();
		Events events = context.getBean(Events.class);
		Awaitility.await().until(() -> events.completed.contains(run.id()));
		assertThat(cloudFront.invalidations()).last()
			.satisfies((invalidation) -> assertThat(invalidation.paths()).containsExactly(path));
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ CfTrackerAutoConfiguration.class, CfTrackerCloudFrontAutoConfiguration.class,
			CfTrackerDistributionAutoConfiguration.class, CfTrackerRedisAutoConfiguration.class,
			CfTrackerSelectionAutoConfiguration.class, CfTrackerTransactionAutoConfiguration.class,
			DataRedisAutoConfiguration.class, AwsAutoConfiguration.class, CredentialsProviderAutoConfiguration.class,
			RegionProviderAutoConfiguration.class })
	static class Application {

		@Bean
		Events events() {
			return new Events();
		}

	}

	static class Events {

		private final List<String> completed = new CopyOnWriteArrayList<>();

		@EventListener
		void completed(RunEvent.Completed event) {
			this.completed.add(event.run().id());
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class FailingStart {

		@Bean
		SmartLifecycle failing(UrlTracker tracker) {
			return new SmartLifecycle() {

				@Override
				public void start() {
					tracker.track("/a");
					throw new IllegalStateException("Failed on purpose");
				}

				@Override
				public void stop() {
				}

				@Override
				public boolean isRunning() {
					return false;
				}

			};
		}

	}

}
