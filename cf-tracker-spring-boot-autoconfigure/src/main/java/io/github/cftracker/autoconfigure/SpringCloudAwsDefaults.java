package io.github.cftracker.autoconfigure;

import io.awspring.cloud.autoconfigure.AwsClientProperties;
import io.awspring.cloud.autoconfigure.AwsSyncClientCustomizer;
import io.awspring.cloud.autoconfigure.core.AwsClientBuilderConfigurer;
import io.awspring.cloud.autoconfigure.core.AwsConnectionDetails;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;

import org.springframework.beans.factory.ObjectProvider;

/**
 * {@link AwsClientDefaults} of an application that uses Spring Cloud AWS.
 */
final class SpringCloudAwsDefaults implements AwsClientDefaults {

	private final AwsClientBuilderConfigurer configurer;

	private final ObjectProvider<AwsConnectionDetails> connectionDetails;

	private final ObjectProvider<AwsSyncClientCustomizer> customizers;

	SpringCloudAwsDefaults(AwsClientBuilderConfigurer configurer,
			ObjectProvider<AwsConnectionDetails> connectionDetails,
			ObjectProvider<AwsSyncClientCustomizer> customizers) {
		this.configurer = configurer;
		this.connectionDetails = connectionDetails;
		this.customizers = customizers;
	}

	@Override
	public <B extends AwsClientBuilder<B, ?>> void configure(B builder, String region, boolean connectionDetails) {
		@Nullable AwsConnectionDetails details = connectionDetails ? this.connectionDetails.getIfAvailable() : null;
		this.configurer.configure(builder, new Region(region), details);
	}

	@Override
	public void customize(AwsSyncClientBuilder<?, ?> builder) {
		this.customizers.orderedStream().forEach((customizer) -> customizer.customize(builder));
	}

	/**
	 * Spring Cloud AWS demands a region.
	 */
	private static final class Region extends AwsClientProperties {

		private Region(String region) {
			setRegion(region);
		}

	}

}
