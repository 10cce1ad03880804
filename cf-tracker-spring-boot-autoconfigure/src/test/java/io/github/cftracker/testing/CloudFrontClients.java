package io.github.cftracker.testing;

import java.net.URI;
import java.time.Duration;

import io.github.cftracker.test.LocalCloudFront;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.cloudfront.CloudFrontClient;

/**
 * The AWS SDK on a local CloudFront. It repeats calls as often as by default, but soon.
 */
public final class CloudFrontClients {

	private static final Duration SOON = Duration.ofMillis(10);

	private CloudFrontClients() {
	}

	public static CloudFrontClient of(LocalCloudFront cloudFront) {
		return of(cloudFront, cloudFront.accessKey());
	}

	public static CloudFrontClient of(LocalCloudFront cloudFront, String accessKey) {
		return of(cloudFront, cloudFront.endpoint(), accessKey);
	}

	/**
	 * The same somewhere else.
	 */
	public static CloudFrontClient of(LocalCloudFront cloudFront, URI endpoint) {
		return of(cloudFront, endpoint, cloudFront.accessKey());
	}

	private static CloudFrontClient of(LocalCloudFront cloudFront, URI endpoint, String accessKey) {
		return CloudFrontClient.builder()
			.region(Region.US_EAST_1)
			.httpClientBuilder(UrlConnectionHttpClient.builder())
			.endpointOverride(endpoint)
			.overrideConfiguration((override) -> override.retryStrategy(AwsRetryStrategy.legacyRetryStrategy()
				.toBuilder()
				.backoffStrategy(BackoffStrategy.fixedDelay(SOON))
				.throttlingBackoffStrategy(BackoffStrategy.fixedDelay(SOON))
				.build()))
			.credentialsProvider(
					StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, cloudFront.secretKey())))
			.build();
	}

}
