package io.github.cftracker.scheduling;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.cftracker.PathLifetime;
import io.github.cftracker.Pricing;
import io.github.cftracker.UrlStore;
import io.github.cftracker.cloudfront.CloudFrontConnection;
import io.github.cftracker.cloudfront.SdkInvalidationClient;
import io.github.cftracker.memory.MemoryRunLedger;
import io.github.cftracker.memory.MemoryUrlStore;
import io.github.cftracker.run.Backoff;
import io.github.cftracker.run.PlanSettings;
import io.github.cftracker.run.QueuedInvalidator;
import io.github.cftracker.run.Quotas;
import io.github.cftracker.run.RunContext;
import io.github.cftracker.run.RunObserver;
import io.github.cftracker.run.RunSettings;
import io.github.cftracker.run.TimeLimitedStore;
import io.github.cftracker.test.Invalidation;
import io.github.cftracker.test.LocalCloudFront;
import io.github.cftracker.testing.CloudFrontClients;
import io.github.cftracker.testing.Planners;
import io.github.cftracker.web.SpringPathPatterns;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import software.amazon.awssdk.services.cloudfront.CloudFrontClient;

import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.support.GenericApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Handling of the command line by a single run.
 */
@ExtendWith(OutputCaptureExtension.class)
class RunOnceSelectionTests {

	private final LocalCloudFront cloudFront = LocalCloudFront.start();

	private final CloudFrontClient sdk = CloudFrontClients.of(this.cloudFront);

	private final UrlStore store = new MemoryUrlStore(Clock.systemUTC(), new SpringPathPatterns(), 1000);

	private final Backoff backoff = new Backoff(Duration.ofMillis(10), Duration.ofMillis(50));

	private final QueuedInvalidator invalidator = new QueuedInvalidator(new RunContext(
			new MemoryRunLedger(this.store, 10, Duration.ofMinutes(1), new SpringPathPatterns(), Clock.systemUTC()),
			new SdkInvalidationClient(CloudFrontConnection.using(() -> this.sdk, "test"),
					this.cloudFront.distributionId()),
			() -> {
			},
			new RunSettings(1000, Duration.ofMillis(20), Duration.ofSeconds(30), Duration.ofHours(6), this.backoff,
					this.backoff, new Quotas(0, 0, 0, 0, 1000), Duration.ofMillis(50), PlanSettings.EXACT),
			Planners.exact(this.store), RunObserver.of(List.of())), new TimeLimitedStore(this.store));

	private final AtomicInteger exitCode = new AtomicInteger(-1);

	RunOnceSelectionTests() {
		this.invalidator.start();
		this.store.track(List.of("/a/1", "/a/2", "/b", "/c")
			.stream()
			.map((path) -> new PathLifetime(path, Duration.ofHours(1)))
			.toList());
	}

	@AfterEach
	void close() {
		this.invalidator.stop();
		this.sdk.close();
		this.cloudFront.close();
	}

	@Test
	void invalidatesSelectionAndShowsProgress(CapturedOutput output) {
		this.cloudFront.completesAfter(Duration.ofSeconds(1));
		runOnce("--paths=/b /d", "--matching=/a/{id}");
		assertThat(this.exitCode).hasValue(0);
		assertThat(output).contains("4 of 4 items accepted, 0 of 1 invalidations completed",
				"is COMPLETED: 3 tracked paths, 4 items in 1 invalidations");
		assertThat(this.cloudFront.invalidations()).flatExtracting(Invalidation::paths)
			.containsExactlyInAnyOrder("/a/1", "/a/2", "/b", "/d");
		assertThat(this.store.count()).isEqualTo(1);
	}

	@Test
	void exitsWith0WhenNothingIsTracked(CapturedOutput output) {
		this.store.untrack(List.of("/a/1", "/a/2", "/b", "/c"));
		runOnce();
		assertThat(this.exitCode).hasValue(0);
		assertThat(output).contains("is EMPTY");
	}

	@Test
	void exitsWith1WhenCloudFrontRefuses(CapturedOutput output) {
		this.cloudFront.refuseNext(403, "AccessDenied", "You may not do that");
		runOnce();
		assertThat(this.exitCode).hasValue(1);
		assertThat(output).contains("failed: You may not do that");
		assertThat(this.store.count()).isEqualTo(4);
	}

	@Test
	void plansWithoutSending(CapturedOutput output) {
		runOnce("--matching=/a/{id}", "--dry-run");
		assertThat(this.exitCode).hasValue(0);
		assertThat(output).contains("Would send /a/1", "Would send /a/2",
				"Dry run, nothing was sent: 2 tracked paths, 2 items, about $0.04");
		assertThat(this.cloudFront.calls()).isEmpty();
		assertThat(this.store.count()).isEqualTo(4);
	}

	@Test
	void mistypedOptionInvalidatesNothing(CapturedOutput output) {
		runOnce("--path=/b");
		assertThat(this.exitCode).hasValue(1);
		assertThat(output).contains("nothing was sent: '--path' is unknown: use --paths, --matching");
		assertThat(this.cloudFront.calls()).isEmpty();
		assertThat(this.store.count()).isEqualTo(4);
	}

	@Test
	void malformedPatternInvalidatesNothing(CapturedOutput output) {
		runOnce("--matching=/a/{id");
		assertThat(this.exitCode).hasValue(1);
		assertThat(output).contains("nothing was sent: '/a/{id' is not a Spring path pattern");
	}

	private void runOnce(String... arguments) {
		RunOnce runOnce = new RunOnce(this.invalidator.open(), new DefaultApplicationArguments(arguments),
				new Pricing(new BigDecimal("0.02"), 0), this.exitCode::set, Duration.ofMillis(50));
		runOnce.onApplicationEvent(new ApplicationReadyEvent(new SpringApplication(), arguments,
				new GenericApplicationContext(), Duration.ZERO));
	}

}
