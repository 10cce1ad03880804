package io.github.cftracker.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import io.github.cftracker.CloudFrontInvalidator;
import io.github.cftracker.RunEvent;
import io.github.cftracker.UrlTracker;
import io.github.cftracker.recording.PathRecorder;
import io.github.cftracker.run.TimeLimitedStore;
import io.github.cftracker.test.LocalCloudFront;
import io.github.cftracker.testing.TestRedis;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.PayloadApplicationEvent;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The threads of one node, while it does everything at once.
 */
@Tag("full")
class ThreadNamesTests {

	private static final String PREFIX = "cf-tracker-";

	private final Set<Thread> before = Thread.getAllStackTraces().keySet();

	@Test
	void everyThreadOfANodeHasItsOwnName() {
		Set<String> publishers = ConcurrentHashMap.newKeySet();
		try (LocalCloudFront cloudFront = LocalCloudFront.builder().completesAfter(Duration.ofMinutes(1)).start();
				TestRedis redis = TestRedis.start()) {
			new WebApplicationContextRunner().withConfiguration(AutoConfigurations.of(TrackerAutoConfigurations.ALL))
				.withPropertyValues("cf.tracker.redis-url=" + redis.url(),
						"cf.tracker.endpoint=" + cloudFront.endpoint(),
						"cf.tracker.distribution-id=" + cloudFront.distributionId(),
						"cf.tracker.access-key=" + cloudFront.accessKey(),
						"cf.tracker.secret-key=" + cloudFront.secretKey())
				.withInitializer((context) -> context.addApplicationListener((event) -> {
					if (event instanceof PayloadApplicationEvent<?> payload
							&& payload.getPayload() instanceof RunEvent) {
						publishers.add(Thread.currentThread().getName());
					}
				}))
				.run((context) -> {
					context.getBean(UrlTracker.class).track("/a");
					// The first call connects
					Awaitility.await()
						.atMost(Duration.ofSeconds(30))
						.until(() -> context.getBean(PathRecorder.class).pending() == 0);
					context.getBean(CloudFrontInvalidator.class).invalidateAll();
					CountDownLatch end = new CountDownLatch(1);
					ExecutorService callers = Executors.newFixedThreadPool(3);
					try {
						TimeLimitedStore guard = context.getBean(TimeLimitedStore.class);
						for (int i = 0; i < 3; i++) {
							callers.execute(() -> guard.run(() -> await(end)));
						}
						Awaitility.await().untilAsserted(() -> {
							assertThat(names()).contains("cf-tracker-sender", "cf-tracker-lease-renewal",
									"cf-tracker-completion-monitor", "cf-tracker-run-monitor",
									"cf-tracker-store-monitor", "cf-tracker-flush", "cf-tracker-mirror");
							// Ends after each event
							assertThat(publishers).containsOnly("cf-tracker-events");
							assertThat(names()).filteredOn((name) -> name.startsWith("cf-tracker-store-call-"))
								.hasSizeGreaterThanOrEqualTo(3);
						});
						assertThat(names()).doesNotHaveDuplicates();
					}
					finally {
						end.countDown();
						callers.shutdownNow();
					}
				});
		}
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Threads of other contexts of this JVM do not count.
	 */
	private List<String> names() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> !this.before.contains(thread))
			.map(Thread::getName)
			.filter((name) -> name.startsWith(PREFIX))
			.toList();
	}

}
