package io.github.cftracker.actuate;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.cftracker.CloudFrontInvalidator;
import io.github.cftracker.InvalidationRequest;
import io.github.cftracker.PathLifetime;
import io.github.cftracker.PathPatterns;
import io.github.cftracker.Run;
import io.github.cftracker.Run.State;
import io.github.cftracker.Trigger;
import io.github.cftracker.UrlStore;
import io.github.cftracker.cloudfront.CloudFrontConnection;
import io.github.cftracker.cloudfront.SdkInvalidationClient;
import io.github.cftracker.memory.MemoryRunLedger;
import io.github.cftracker.memory.MemoryUrlStore;
import io.github.cftracker.run.Backoff;
import io.github.cftracker.run.InvalidationClient;
import io.github.cftracker.run.PlanSettings;
import io.github.cftracker.run.QueuedInvalidator;
import io.github.cftracker.run.Quotas;
import io.github.cftracker.run.RunContext;
import io.github.cftracker.run.RunObserver;
import io.github.cftracker.run.RunSettings;
import io.github.cftracker.run.TimeLimitedStore;
import io.github.cftracker.test.LocalCloudFront;
import io.github.cftracker.testing.CloudFrontClients;
import io.github.cftracker.testing.Planners;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.cloudfront.CloudFrontClient;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What metrics say of runs that are really sent.
 */
@ExtendWith(OutputCaptureExtension.class)
@Timeout(120)
class RunMetricsTests {

	private final LocalCloudFront cloudFront = LocalCloudFront.builder().completesAfter(Duration.ofMillis(50)).start();

	private final CloudFrontClient sdk = CloudFrontClients.of(this.cloudFront);

	private final UrlStore store = new MemoryUrlStore(Clock.systemUTC());

	private final MemoryRunLedger ledger = new MemoryRunLedger(this.store, 50, Duration.ofMinutes(10),
			PathPatterns.UNKNOWN, Clock.systemUTC());

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final RunMetrics metrics = new RunMetrics(Clock.systemUTC());

	private final QueuedInvalidator queue = new QueuedInvalidator(
			new RunContext(this.ledger, new HookedClient(), () -> {
			}, settings(new Quotas(50, 1, 3, 0, 1000)), Planners.exact(this.store),
					RunObserver.of(List.of(new Broken(), this.metrics))),
			new TimeLimitedStore(this.store));

	private final CloudFrontInvalidator invalidator = this.queue.open();

	private volatile Runnable beforeCreate = () -> {
	};

	@BeforeEach
	void start() {
		this.metrics.bindTo(this.registry);
		this.queue.start();
	}

	@AfterEach
	void stop() {
		this.queue.stop();
		this.sdk.close();
		this.cloudFront.close();
	}

	@Test
	void allAreThereFromTheStart() {
		assertThat(this.registry.getMeters()).extracting((meter) -> meter.getId().getName())
			.contains("cf.tracker.runs", "cf.tracker.runs.queued", "cf.tracker.runs.accepted",
					"cf.tracker.runs.completed", "cf.tracker.quota.waits", "cf.tracker.retries",
					"cf.tracker.items.sent", "cf.tracker.paths.rejected", "cf.tracker.paths.late",
					"cf.tracker.items.possibly.billed.twice");
		assertThat(this.registry.getMeters()).allSatisfy((meter) -> assertThat(meter.measure())
			.allSatisfy((measurement) -> assertThat(measurement.getValue()).as(meter.getId().toString()).isZero()));
	}

	@Test
	void countsWhatIsSentRetriedHeldBackAndRejected(CapturedOutput output) {
		track("/a", "/b", "/c", "/d", "/e", "/~f");
		this.cloudFront.refuseNext(400, "TooManyInvalidationsInProgress", "Too many");
		Run run = this.invalidator.invalidate(InvalidationRequest.ofEverything().withTrigger(Trigger.ENDPOINT))
			.completion()
			.join();
		assertThat(run.state()).isEqualTo(State.COMPLETED);
		assertThat(run.trigger()).isEqualTo(Trigger.ENDPOINT);
		assertThat(count("cf.tracker.items.sent", "kind", "path")).isEqualTo(5);
		assertThat(count("cf.tracker.items.sent", "kind", "wildcard")).isZero();
		assertThat(count("cf.tracker.retries", "error", "busy")).isEqualTo(1);
		assertThat(count("cf.tracker.paths.rejected")).isEqualTo(1);
		assertThat(count("cf.tracker.runs", "state", "completed", "trigger", "endpoint")).isEqualTo(1);
		assertThat(count("cf.tracker.runs", "state", "completed", "trigger", "api")).isZero();
		assertThat(count("cf.tracker.runs", "state", "failed", "trigger", "endpoint")).isZero();
		for (String phase : List.of("queued", "accepted", "completed")) {
			assertThat(this.registry.get("cf.tracker.runs." + phase).timer().count()).as(phase).isEqualTo(1);
		}
		assertThat(this.registry.get("cf.tracker.runs.completed").timer().totalTime(TimeUnit.MILLISECONDS))
			.isGreaterThanOrEqualTo(50);
		// Batches of two, three of which may be in progress, and so many a second
		assertThat(this.registry.get("cf.tracker.quota.waits")
			.timers()
			.stream()
			.mapToDouble((timer) -> timer.totalTime(TimeUnit.MILLISECONDS))
			.sum()).isPositive();
		assertThat(output).contains("Broken failed. The run continues");
	}

	@Test
	void countsFailedAndEmptyRunsAndWildcards() {
		assertThat(this.invalidator.invalidateAll().completion().join().state()).isEqualTo(State.EMPTY);
		track("/a");
		this.cloudFront.refuseNext(403, "AccessDenied", "No");
		assertThat(this.invalidator.invalidateAll().completion().join().state()).isEqualTo(State.FAILED);
		assertThat(this.invalidator.invalidate(InvalidationRequest.ofPaths("/b/*")).completion().join().state())
			.isEqualTo(State.COMPLETED);
		assertThat(count("cf.tracker.runs", "state", "empty", "trigger", "api")).isEqualTo(1);
		assertThat(count("cf.tracker.runs", "state", "failed", "trigger", "api")).isEqualTo(1);
		assertThat(count("cf.tracker.items.sent", "kind", "wildcard")).isEqualTo(1);
		assertThat(count("cf.tracker.items.sent", "kind", "path")).isZero();
		assertThat(this.registry.get("cf.tracker.runs.accepted").timer().count()).isEqualTo(1);
	}

	@Test
	void countsWhatMayBeBilledTwiceOnceAndNoAcceptanceOfARunThatFailsHalfWay() {
		track("/a");
		this.cloudFront.refuseNext(400, "InvalidationBatchAlreadyExists", "Used before");
		assertThat(this.invalidator.invalidateAll().completion().join().possiblyBilledTwice()).isEqualTo(1);
		assertThat(count("cf.tracker.items.possibly.billed.twice")).isEqualTo(1);
		assertThat(count("cf.tracker.retries", "error", "conflict")).isEqualTo(1);
		assertThat(this.registry.get("cf.tracker.runs.accepted").timer().count()).isEqualTo(1);
		// Two batches, of which the second is refused
		track("/b", "/c", "/d");
		AtomicInteger calls = new AtomicInteger();
		this.beforeCreate = () -> {
			if (calls.incrementAndGet() == 2) {
				this.cloudFront.refuseNext(403, "AccessDenied", "No");
			}
		};
		Run failed = this.invalidator.invalidateAll().completion().join();
		assertThat(failed.state()).isEqualTo(State.FAILED);
		assertThat(failed.items()).isEqualTo(2);
		assertThat(this.registry.get("cf.tracker.runs.accepted").timer().count()).isEqualTo(1);
		assertThat(this.registry.get("cf.tracker.runs.completed").timer().count()).isEqualTo(1);
	}

	private double count(String name, String... tags) {
		return this.registry.get(name).tags(tags).counter().count();
	}

	private void track(String... paths) {
		this.store.track(List.of(paths).stream().map((path) -> new PathLifetime(path, Duration.ofHours(1))).toList());
	}

	private static RunSettings settings(Quotas quotas) {
		Backoff backoff = new Backoff(Duration.ofMillis(10), Duration.ofMillis(50));
		return new RunSettings(2, Duration.ofMillis(20), Duration.ofSeconds(30), Duration.ofHours(6), backoff, backoff,
				quotas, Duration.ofMillis(50), PlanSettings.EXACT);
	}

	/**
	 * An observer that fails at everything.
	 */
	private static final class Broken implements RunObserver {

		@Override
		public void started(Run run) {
			throw new IllegalStateException("started");
		}

		@Override
		public void heldBack(Quota quota, Duration time) {
			throw new IllegalStateException("heldBack");
		}

		@Override
		public void accepted(Run run, List<String> items) {
			throw new AssertionError("accepted");
		}

		@Override
		public void sent(Run run) {
			throw new IllegalStateException("sent");
		}

		@Override
		public void finished(Run run) {
			throw new IllegalStateException("finished");
		}

		@Override
		public String toString() {
			return "Broken";
		}

	}

	/**
	 * Client that runs an action before each invalidation.
	 */
	private final class HookedClient implements InvalidationClient {

		private final InvalidationClient client = new SdkInvalidationClient(
				CloudFrontConnection.using(() -> RunMetricsTests.this.sdk, "test"),
				RunMetricsTests.this.cloudFront.distributionId());

		@Override
		public String create(String callerReference, List<String> items) {
			RunMetricsTests.this.beforeCreate.run();
			return this.client.create(callerReference, items);
		}

		@Override
		public Optional<String> find(String callerReference, List<String> items, Instant since) {
			return this.client.find(callerReference, items, since);
		}

		@Override
		public boolean isCompleted(String invalidationId) {
			return this.client.isCompleted(invalidationId);
		}

	}

}
