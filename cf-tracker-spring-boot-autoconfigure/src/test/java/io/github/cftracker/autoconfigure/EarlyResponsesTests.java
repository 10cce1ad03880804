package io.github.cftracker.autoconfigure;

import java.time.Duration;
import java.util.List;

import io.github.cftracker.CloudFrontInvalidator;
import io.github.cftracker.Finding;
import io.github.cftracker.InvalidationRequest;
import io.github.cftracker.Run;
import io.github.cftracker.RunHandle;
import io.github.cftracker.UrlTracker;
import io.github.cftracker.test.LocalCloudFront;
import io.github.cftracker.tracking.TrackingRules;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Responses of the first seconds, which wait for the distribution's settings.
 */
class EarlyResponsesTests {

	@Test
	void aRunClaimsWhatWaitedForTheSettings() {
		try (LocalCloudFront cloudFront = LocalCloudFront.builder().start()) {
			new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(TrackerAutoConfigurations.ALL))
				.withPropertyValues("cf.tracker.store=memory", "cf.tracker.distribution.mirror=false",
						"cf.tracker.distribution-id=" + cloudFront.distributionId(),
						"cf.tracker.endpoint=" + cloudFront.endpoint(),
						"cf.tracker.access-key=" + cloudFront.accessKey(),
						"cf.tracker.secret-key=" + cloudFront.secretKey())
				.run((context) -> {
					CloudFrontInvalidator invalidator = context.getBean(CloudFrontInvalidator.class);
					TrackingRules rules = context.getBean(TrackingRules.class);
					UrlTracker tracker = context.getBean(UrlTracker.class);
					rules.expectDistribution();
					rules.whenKnown(() -> tracker.track("/early"));
					RunHandle handle = invalidator.invalidateAll();
					assertThat(handle.run().state()).isEqualTo(Run.State.QUEUED);
					Awaitility.await()
						.until(() -> invalidator.find(handle.id()).orElseThrow().state() != Run.State.QUEUED);
					rules.expectNothing();
					Run run = handle.completion().join();
					assertThat(run.state()).isEqualTo(Run.State.COMPLETED);
					assertThat(run.paths()).isEqualTo(1);
				});
		}
	}

	@Test
	void aSingleRunReadsTheSettings() {
		try (LocalCloudFront cloudFront = LocalCloudFront.builder()
			.completesAfter(Duration.ZERO)
			.distribution((distribution) -> distribution.defaultRootObject("index.html")
				.defaultBehavior((behavior) -> behavior.originRequest("rewrite", (path) -> path)))
			.start()) {
			new ApplicationContextRunner().withConfiguration(AutoConfigurations.of(TrackerAutoConfigurations.ALL))
				.withBean(ApplicationArguments.class, DefaultApplicationArguments::new)
				.withPropertyValues("cf.tracker.store=memory", "cf.tracker.run-once=true",
						"cf.tracker.distribution-id=" + cloudFront.distributionId(),
						"cf.tracker.endpoint=" + cloudFront.endpoint(),
						"cf.tracker.access-key=" + cloudFront.accessKey(),
						"cf.tracker.secret-key=" + cloudFront.secretKey())
				.run((context) -> {
					context.getBean(UrlTracker.class).track("/index.html");
					Run run = context.getBean(CloudFrontInvalidator.class)
						.invalidate(InvalidationRequest.builder().paths(List.of("/")).build())
						.completion()
						.join();
					assertThat(run.items()).as("both paths of the root object").isEqualTo(2);
					assertThat(run.findings()).extracting(Finding::id).containsExactly("origin-request-function");
				});
		}
	}

}
