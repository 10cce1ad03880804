package io.github.cftracker.autoconfigure;

import io.awspring.cloud.autoconfigure.AwsSyncClientCustomizer;
import io.awspring.cloud.autoconfigure.core.AwsAutoConfiguration;
import io.awspring.cloud.autoconfigure.core.AwsClientBuilderConfigurer;
import io.awspring.cloud.autoconfigure.core.AwsConnectionDetails;
import io.github.cftracker.cloudfront.SdkDistributionClient;
import io.github.cftracker.cloudfront.SdkInvalidationClient;
import io.github.cftracker.distribution.DistributionClient;
import io.github.cftracker.run.InvalidationClient;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.cloudfront.CloudFrontClient;
import software.amazon.awssdk.services.cloudfront.CloudFrontClientBuilder;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.Ordered;
import org.springframework.util.StringUtils;

/**
 * Sends to CloudFront with the AWS SDK, by the conventions of Spring Cloud AWS.
 */
@AutoConfiguration(after = AwsAutoConfiguration.class)
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@ConditionalOnClass({ CloudFrontClient.class, AwsClientBuilderConfigurer.class })
@ConditionalOnActivation
@ConditionalOnMissingBean(InvalidationClient.class)
@EnableConfigurationProperties({ CfTrackerProperties.class, CloudFrontProperties.class })
public final class CfTrackerCloudFrontAutoConfiguration {

	@Bean
	@Lazy
	@ConditionalOnMissingBean
	CloudFrontClient cloudFrontClient(CloudFrontProperties properties,
			ObjectProvider<AwsClientBuilderConfigurer> configurer,
			ObjectProvider<AwsConnectionDetails> connectionDetails,
			ObjectProvider<CloudFrontClientCustomizer> customizers,
			ObjectProvider<AwsSyncClientCustomizer> syncCustomizers) {
		CloudFrontClientBuilder builder = configurer.getObject()
			.configureSyncClient(CloudFrontClient.builder(), properties, connectionDetails.getIfAvailable(),
					customizers.orderedStream(), syncCustomizers.orderedStream());
		if (StringUtils.hasText(properties.getAccessKey()) && StringUtils.hasText(properties.getSecretKey())) {
			builder.credentialsProvider(StaticCredentialsProvider
				.create(AwsBasicCredentials.create(properties.getAccessKey(), properties.getSecretKey())));
		}
		return builder.build();
	}

	@Bean
	SdkInvalidationClient cfTrackerInvalidationClient(ObjectProvider<CloudFrontClient> client,
			CfTrackerProperties properties) {
		return new SdkInvalidationClient(client::getObject, properties.requiredDistributionId());
	}

	@Bean
	@ConditionalOnMissingBean(DistributionClient.class)
	SdkDistributionClient cfTrackerDistributionClient(ObjectProvider<CloudFrontClient> client,
			CfTrackerProperties properties) {
		return new SdkDistributionClient(client::getObject, properties.requiredDistributionId());
	}

}
