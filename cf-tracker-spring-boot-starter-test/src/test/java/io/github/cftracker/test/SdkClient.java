package io.github.cftracker.test;

import java.util.List;

import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.DefaultRetryStrategy;
import software.amazon.awssdk.services.cloudfront.CloudFrontClient;
import software.amazon.awssdk.services.cloudfront.CloudFrontClientBuilder;
import software.amazon.awssdk.services.cloudfront.model.CreateInvalidationRequest;

/**
 * The unmodified client of the AWS SDK, pointed at a local CloudFront.
 */
final class SdkClient {

	private SdkClient() {
	}

	static CloudFrontClient of(LocalCloudFront cloudFront) {
		return builder(cloudFront, cloudFront.accessKey(), cloudFront.secretKey()).build();
	}

	/**
	 * Each call is one request, so that a test sees what one request gets.
	 */
	static CloudFrontClient withoutRetries(LocalCloudFront cloudFront) {
		return builder(cloudFront, cloudFront.accessKey(), cloudFront.secretKey())
			.overrideConfiguration((override) -> override.retryStrategy(DefaultRetryStrategy.doNotRetry()))
			.build();
	}

	/**
	 * The SDK's default number of attempts depends on its version.
	 */
	static CloudFrontClient withAttempts(LocalCloudFront cloudFront, int attempts) {
		return builder(cloudFront, cloudFront.accessKey(), cloudFront.secretKey())
			.overrideConfiguration((override) -> override
				.retryStrategy(DefaultRetryStrategy.standardStrategyBuilder().maxAttempts(attempts).build()))
			.build();
	}

	static CloudFrontClient watched(LocalCloudFront cloudFront, Runnable beforeAttempt) {
		ExecutionInterceptor interceptor = new ExecutionInterceptor() {

			@Override
			public void beforeTransmission(Context.BeforeTransmission context,
					ExecutionAttributes executionAttributes) {
				beforeAttempt.run();
			}

		};
		return builder(cloudFront, cloudFront.accessKey(), cloudFront.secretKey())
			.overrideConfiguration((override) -> override.addExecutionInterceptor(interceptor))
			.build();
	}

	/**
	 * Each call is one request, and the interceptor sees its answer as it was sent.
	 */
	static CloudFrontClient intercepted(LocalCloudFront cloudFront, ExecutionInterceptor interceptor) {
		return builder(cloudFront, cloudFront.accessKey(), cloudFront.secretKey())
			.overrideConfiguration((override) -> override.retryStrategy(DefaultRetryStrategy.doNotRetry())
				.addExecutionInterceptor(interceptor))
			.build();
	}

	static CloudFrontClientBuilder builder(LocalCloudFront cloudFront, String accessKey, String secretKey) {
		return CloudFrontClient.builder()
			.region(Region.US_EAST_1)
			.endpointOverride(cloudFront.endpoint())
			.credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, secretKey)));
	}

	static CreateInvalidationRequest invalidation(LocalCloudFront cloudFront, String reference, String... paths) {
		return CreateInvalidationRequest.builder()
			.distributionId(cloudFront.distributionId())
			.invalidationBatch((batch) -> batch.callerReference(reference)
				.paths((items) -> items.quantity(paths.length).items(List.of(paths))))
			.build();
	}

}
