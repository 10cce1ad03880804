package io.github.cftracker.test;

import java.time.Duration;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import software.amazon.awssdk.services.cloudfront.CloudFrontClient;
import software.amazon.awssdk.services.cloudfront.model.CloudFrontException;
import software.amazon.awssdk.services.cloudfront.model.TooManyInvalidationsInProgressException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * A local CloudFront with quotas, and a client that does not repeat what they refuse.
 */
abstract class QuotaTestSupport {

	final MutableClock clock = new MutableClock();

	final LocalCloudFront.Builder builder = LocalCloudFront.builder()
		.clock(this.clock)
		.completesAfter(Duration.ofSeconds(10));

	LocalCloudFront cloudFront;

	private CloudFrontClient client;

	private int references;

	@AfterEach
	void stop() {
		if (this.cloudFront != null) {
			this.client.close();
			this.cloudFront.close();
		}
	}

	void start() {
		this.cloudFront = this.builder.start();
		this.client = SdkClient.withoutRetries(this.cloudFront);
	}

	void create(String... paths) {
		createAs("reference " + this.references++, paths);
	}

	String createAs(String reference, String... paths) {
		return this.client.createInvalidation(SdkClient.invalidation(this.cloudFront, reference, paths))
			.invalidation()
			.id();
	}

	void assertTooManyInProgress(String... paths) {
		TooManyInvalidationsInProgressException refused = catchThrowableOfType(
				TooManyInvalidationsInProgressException.class, () -> create(paths));
		assertThat(refused.statusCode()).isEqualTo(400);
		assertThat(refused.awsErrorDetails().errorMessage()).isEqualTo(
				"Processing your request will cause you to exceed the maximum number of in-progress invalidations.");
	}

	void assertThrottled(String... paths) {
		CloudFrontException refused = catchThrowableOfType(CloudFrontException.class, () -> create(paths));
		assertThat(refused.statusCode()).isEqualTo(400);
		assertThat(refused.awsErrorDetails().errorCode()).isEqualTo("Throttling");
		assertThat(refused.awsErrorDetails().errorMessage()).isEqualTo("Rate exceeded");
	}

	static String[] paths(int count) {
		return IntStream.range(0, count).mapToObj((i) -> "/" + i).toArray(String[]::new);
	}

}
