package io.github.cftracker.autoconfigure;

import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;

/**
 * What the application configures for all of its AWS clients.
 */
interface AwsClientDefaults {

	/**
	 * Apply the application's credentials and settings.
	 * @param builder the builder of a client
	 * @param region the region of the client
	 * @param connectionDetails whether the application's connection details count
	 */
	<B extends AwsClientBuilder<B, ?>> void apply(B builder, String region, boolean connectionDetails);

}
