package io.github.cftracker.test;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudfront.model.CloudFrontException;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class PerSecondQuotaTests extends QuotaTestSupport {

	@Test
	void limitsItemsPerSecond() {
		this.builder.perSecondQuota(10, 1);
		start();
		create(paths(6));
		assertThrottled(paths(5));
		create(paths(4));
		assertThrottled("#tag");
		this.clock.advance(Duration.ofMillis(100));
		create("/a");
		assertThrottled("/b");
	}

	@Test
	void limitsWildcardsPerSecondApartFromItems() {
		start();
		this.cloudFront.perSecondQuota(10, 1);
		create("/a*");
		assertThrottled("/b*");
		assertThrottled("/b", "/b*");
		create(paths(10));
		this.clock.advance(Duration.ofSeconds(1));
		create("/b", "/b*");
	}

	@Test
	void letsLargeBatchPassFullBucketAndThenWaitsForAllOfIt() {
		this.builder.perSecondQuota(10, 1);
		start();
		create("/a");
		assertThrottled(paths(30));
		this.clock.advance(Duration.ofMillis(100));
		create(paths(30));
		this.clock.advance(Duration.ofMillis(2_000));
		assertThrottled("/a");
		this.clock.advance(Duration.ofMillis(100));
		create("/a");
		assertThrottled("/a");
		create("/a*");
	}

	@Test
	void alwaysRefusesLargerBatchIfSet() {
		this.builder.perSecondQuota(10, 1).refuseCallsOverQuota(true);
		start();
		assertThrottled(paths(11));
		assertThrottled("/a*", "/b*");
		this.clock.advance(Duration.ofHours(1));
		assertThrottled(paths(11));
		create(paths(10));
		create("/a*");
		this.clock.advance(Duration.ofSeconds(1));
		this.cloudFront.refuseCallsOverQuota(false);
		create(paths(11));
	}

	@Test
	void savesUpNoMoreThanOneSecond() {
		this.builder.perSecondQuota(10, 1);
		start();
		this.clock.advance(Duration.ofHours(1));
		create(paths(10));
		assertThrottled("/a");
	}

	@Test
	void takesRefusedReferenceLater() {
		this.builder.perSecondQuota(1, 1);
		start();
		create("/a");
		assertThatExceptionOfType(CloudFrontException.class).isThrownBy(() -> createAs("later", "/b"));
		this.clock.advance(Duration.ofSeconds(1));
		createAs("later", "/b");
	}

}
