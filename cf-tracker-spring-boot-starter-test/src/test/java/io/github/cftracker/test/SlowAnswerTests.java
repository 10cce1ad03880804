package io.github.cftracker.test;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.cloudfront.CloudFrontClient;

import static org.assertj.core.api.Assertions.assertThat;
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
		CompletableFuture<Void> slow = CompletableFuture.runAsync(
				() -> this.client.createInvalidation(SdkClient.invalidation(this.cloudFront, "slow", "/a", "/b")));
		Awaitility.await().until(() -> this.cloudFront.calls().size() == 2);
		assertThat(slow).isNotDone();
		assertThat(this.cloudFront.invalidations()).last().extracting(Invalidation::callerReference).isEqualTo("slow");
		assertThat(this.cloudFront.calls()).last().extracting(RecordedCall::status).isEqualTo(201);
	}

	@Test
	void refusesNegativeTime() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.cloudFront.answerAfter(Duration.ofSeconds(-1)))
			.withMessage("Invalid duration 'PT-1S', use zero or more");
	}

	private void create(String path) {
		this.client.createInvalidation(SdkClient.invalidation(this.cloudFront, "reference", path));
	}

}
