package io.github.cftracker.test;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.services.cloudfront.CloudFrontClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class SlowAnswerTests {

	private LocalCloudFront cloudFront;

	private CloudFrontClient client;

	@BeforeEach
	void start() {
		this.cloudFront = LocalCloudFront.start();
		this.client = SdkClient.of(this.cloudFront);
	}

	@AfterEach
	void stop() {
		this.client.close();
		this.cloudFront.close();
	}

	@Test
	void answersSlowly() {
		this.cloudFront.answerAfter(Duration.ofMillis(200));
		Instant before = Instant.now();
		create("/a");
		assertThat(Duration.between(before, Instant.now())).isGreaterThanOrEqualTo(Duration.ofMillis(190));
	}

	@Test
	void acceptsBeforeTheSlowAnswer() {
		create("/warm");
		this.cloudFront.answerAfter(Duration.ofMinutes(10));
		try (CloudFrontClient impatient = SdkClient
			.builder(this.cloudFront, this.cloudFront.accessKey(), this.cloudFront.secretKey())
			.overrideConfiguration((override) -> override.apiCallTimeout(Duration.ofSeconds(2)))
			.build()) {
			assertThatExceptionOfType(ApiCallTimeoutException.class).isThrownBy(
					() -> impatient.createInvalidation(SdkClient.invalidation(this.cloudFront, "slow", "/a", "/b")));
		}
		assertThat(this.cloudFront.invalidations()).last().extracting(Invalidation::callerReference).isEqualTo("slow");
		assertThat(this.cloudFront.calls()).last().extracting(RecordedCall::status).isEqualTo(201);
	}

	@Test
	void refusesNegativeTime() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.cloudFront.answerAfter(Duration.ofSeconds(-1)))
			.withMessage("'PT-1S' is negative, use zero or more");
	}

	private void create(String path) {
		this.client.createInvalidation(SdkClient.invalidation(this.cloudFront, "reference", path));
	}

}
