package io.github.cftracker.autoconfigure;

import io.awspring.cloud.autoconfigure.AwsClientCustomizer;
import software.amazon.awssdk.services.cloudfront.CloudFrontClientBuilder;

/**
 * Customizes the builder of the CloudFront client. Called when the client is first used.
 */
@FunctionalInterface
public interface CloudFrontClientCustomizer extends AwsClientCustomizer<CloudFrontClientBuilder> {

}
