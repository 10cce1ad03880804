package io.github.cftracker;

import software.amazon.awssdk.services.cloudfront.CloudFrontClientBuilder;

/**
 * Customizes the builder of the tracker's own CloudFront client, for example with an HTTP
 * client. Called when the client is first used. The endpoint and the credentials of
 * {@code cf.tracker} are set afterwards. A {@code CloudFrontClient} bean of the
 * application is not customized.
 */
@FunctionalInterface
public interface CloudFrontClientCustomizer {

	/**
	 * Customize the builder.
	 * @param builder the builder to customize
	 */
	void customize(CloudFrontClientBuilder builder);

}
