package io.github.cftracker.autoconfigure;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;

/**
 * Settings of the application for all of its AWS clients.
 */
interface AwsClientDefaults {

	/**
	 * Apply the application's credentials and settings.
	 * @param builder the builder of a client
	 * @param region the region of the client
	 * @param connectionDetails whether the application's connection details count
	 */
	<B extends AwsClientBuilder<B, ?>> void configure(B builder, String region, boolean connectionDetails);

	/**
	 * Apply the application's customizers, which may replace credentials and settings.
	 * @param builder the builder of a client
	 */
	void customize(AwsSyncClientBuilder<?, ?> builder);

	/**
	 * Return the endpoint that {@link #configure} sets.
	 * @param connectionDetails whether the application's connection details count
	 * @return the endpoint, or {@code null} for that of AWS
	 */
	@Nullable AwsEndpoint endpoint(boolean connectionDetails);

}
