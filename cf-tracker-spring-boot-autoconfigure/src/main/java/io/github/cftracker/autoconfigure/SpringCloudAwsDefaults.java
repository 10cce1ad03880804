package io.github.cftracker.autoconfigure;

import java.net.URI;

import io.awspring.cloud.autoconfigure.AwsClientProperties;
import io.awspring.cloud.autoconfigure.AwsSyncClientCustomizer;
import io.awspring.cloud.autoconfigure.core.AwsClientBuilderConfigurer;
import io.awspring.cloud.autoconfigure.core.AwsConnectionDetails;
import io.awspring.cloud.autoconfigure.core.AwsProperties;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;

import org.springframework.beans.factory.ObjectProvider;

/**
 * {@link AwsClientDefaults} of an application that uses Spring Cloud AWS.
 */
final class SpringCloudAwsDefaults implements AwsClientDefaults {

	private final AwsClientBuilderConfigurer configurer;

	private final ObjectProvider<AwsProperties> properties;

	private final ObjectProvider<AwsConnectionDetails> connectionDetails;

	private final ObjectProvider<AwsSyncClientCustomizer> customizers;

	SpringCloudAwsDefaults(AwsClientBuilderConfigurer configurer, ObjectProvider<AwsProperties> properties,
			ObjectProvider<AwsConnectionDetails> connectionDetails,
			ObjectProvider<AwsSyncClientCustomizer> customizers) {
		this.configurer = configurer;
		this.properties = properties;
		this.connectionDetails = connectionDetails;
		this.customizers = customizers;
	}

	@Override
	public <B extends AwsClientBuilder<B, ?>> void configure(B builder, String region, boolean connectionDetails) {
		this.configurer.configure(builder, new Region(region), details(connectionDetails));
	}

	@Override
	public void customize(AwsSyncClientBuilder<?, ?> builder) {
		this.customizers.orderedStream().forEach((customizer) -> customizer.customize(builder));
	}

	@Override
	public @Nullable AwsEndpoint endpoint(boolean connectionDetails) {
		AwsConnectionDetails details = details(connectionDetails);
		URI endpoint = (details != null) ? details.getEndpoint() : null;
		if (endpoint != null) {
			return new AwsEndpoint(endpoint, "AwsConnectionDetails");
		}
		AwsProperties properties = this.properties.getIfAvailable();
		endpoint = (properties != null) ? properties.getEndpoint() : null;
		return (endpoint != null) ? new AwsEndpoint(endpoint, "'spring.cloud.aws.endpoint'") : null;
	}

	private @Nullable AwsConnectionDetails details(boolean connectionDetails) {
		return connectionDetails ? this.connectionDetails.getIfAvailable() : null;
	}

	/**
	 * Region for Spring Cloud AWS, which requires one.
	 */
	private static final class Region extends AwsClientProperties {

		private Region(String region) {
			setRegion(region);
		}

	}

}
