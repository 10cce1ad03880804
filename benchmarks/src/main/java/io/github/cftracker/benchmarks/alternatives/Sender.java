package io.github.cftracker.benchmarks.alternatives;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

import io.github.cftracker.benchmarks.measure.Application;
import io.github.cftracker.benchmarks.measure.Pause;
import io.github.cftracker.test.LocalCloudFront;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudfront.CloudFrontClient;
import software.amazon.awssdk.services.cloudfront.model.CloudFrontException;
import software.amazon.awssdk.services.cloudfront.model.TooManyInvalidationsInProgressException;

/**
 * Sends paths to CloudFront as one would write it, with the SDK.
 */
final class Sender implements AutoCloseable {

	private static final int LARGEST_BATCH = 3000;

	private static final Duration RETRY = Duration.ofMillis(500);

	private final CloudFrontClient client;

	private boolean refusedAtOnce;

	Sender(LocalCloudFront cloudFront) {
		this.client = CloudFrontClient.builder()
			.endpointOverride(cloudFront.endpoint())
			.region(Region.US_EAST_1)
			.credentialsProvider(StaticCredentialsProvider
				.create(AwsBasicCredentials.create(Application.ACCESS_KEY, Application.SECRET_KEY)))
			.build();
	}

	/**
	 * Send paths, in one call if CloudFront takes it. If not, in calls of 3,000 paths,
	 * each as soon as CloudFront takes it.
	 */
	void send(List<String> paths) {
		try {
			call(paths);
		}
		catch (CloudFrontException ex) {
			if (paths.size() <= LARGEST_BATCH) {
				throw ex;
			}
			this.refusedAtOnce = true;
			for (int start = 0; start < paths.size(); start += LARGEST_BATCH) {
				sendBatch(paths.subList(start, Math.min(start + LARGEST_BATCH, paths.size())));
			}
		}
	}

	private void sendBatch(List<String> paths) {
		while (true) {
			try {
				call(paths);
				return;
			}
			catch (TooManyInvalidationsInProgressException ex) {
				Pause.of(RETRY);
			}
		}
	}

	private void call(List<String> paths) {
		this.client.createInvalidation((request) -> request.distributionId(Application.DISTRIBUTION_ID)
			.invalidationBatch((batch) -> batch.callerReference(UUID.randomUUID().toString())
				.paths((items) -> items.quantity(paths.size()).items(paths))));
	}

	/**
	 * Return whether a call with all paths was refused.
	 */
	boolean isRefusedAtOnce() {
		return this.refusedAtOnce;
	}

	@Override
	public void close() {
		this.client.close();
	}

}
