package io.github.cftracker.test;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.cloudfront.CloudFrontClient;
import software.amazon.awssdk.services.cloudfront.model.CloudFrontException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class ConflictSpellingTests {

	@ParameterizedTest
	@CsvSource({ "INVALID_ARGUMENT, InvalidArgument", "ALREADY_EXISTS, InvalidationBatchAlreadyExists" })
	void spellsConflict(ConflictSpelling spelling, String code) {
		try (LocalCloudFront cloudFront = LocalCloudFront.start(); CloudFrontClient client = SdkClient.of(cloudFront)) {
			cloudFront.conflictSpelling(spelling);
			client.createInvalidation(SdkClient.invalidation(cloudFront, "reference", "/a"));
			client.createInvalidation(SdkClient.invalidation(cloudFront, "reference", "/a"));
			CloudFrontException refused = catchThrowableOfType(CloudFrontException.class,
					() -> client.createInvalidation(SdkClient.invalidation(cloudFront, "reference", "/b")));
			assertThat(refused.statusCode()).isEqualTo(400);
			assertThat(refused.awsErrorDetails().errorCode()).isEqualTo(code);
			assertThat(refused.awsErrorDetails().errorMessage()).contains("caller reference");
			assertThat(cloudFront.billedItems()).isEqualTo(1);
		}
	}

}
