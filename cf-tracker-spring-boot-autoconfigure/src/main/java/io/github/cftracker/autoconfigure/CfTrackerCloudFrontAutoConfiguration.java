package io.github.cftracker.autoconfigure;

import io.awspring.cloud.autoconfigure.AwsSyncClientCustomizer;
import io.awspring.cloud.autoconfigure.core.AwsClientBuilderConfigurer;
import io.awspring.cloud.autoconfigure.core.AwsConnectionDetails;
import io.awspring.cloud.autoconfigure.core.AwsProperties;
import io.github.cftracker.CloudFrontClientCustomizer;
import io.github.cftracker.cloudfront.CloudFrontConnection;
import io.github.cftracker.cloudfront.SdkDistributionClient;
import io.github.cftracker.cloudfront.SdkInvalidationClient;
import io.github.cftracker.distribution.DistributionDoctor;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.services.cloudfront.CloudFrontClient;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.context.aot.AbstractAotProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration for the calls of CloudFront. The tracker's client is not a bean, so
 * that the application cannot inject it by mistake.
 */
@AutoConfiguration
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@ConditionalOnClass(CloudFrontClient.class)
@ConditionalOnActivation
@ConditionalOnMissingParentBean(DistributionDoctor.class)
@EnableConfigurationProperties({ CfTrackerProperties.class, CloudFrontProperties.class })
@ImportRuntimeHints(OptionalClassHints.class)
public final class CfTrackerCloudFrontAutoConfiguration {

	/**
	 * Check before the web server starts, which would also log the first bean that fails
	 * as an error.
	 */
	@Bean
	static BeanFactoryPostProcessor cfTrackerCloudFrontCheck(Environment environment) {
		return (beanFactory) -> {
			// What is missing at build time may be there at run time
			if (!environment.getProperty(AbstractAotProcessor.AOT_PROCESSING, Boolean.class, false)) {
				CloudFrontProperties properties = Binder.get(environment)
					.bindOrCreate(CfTrackerProperties.PREFIX, CloudFrontProperties.class);
				PropertiesCheck.checkPlaceholders(environment);
				PropertiesCheck.check(properties, beanFactory.getBeanClassLoader());
				new CloudFrontClientSelector(properties, beanFactory).applicationClient();
			}
		};
	}

	@Bean
	CloudFrontConnection cfTrackerCloudFrontConnection(CloudFrontProperties properties,
			ConfigurableListableBeanFactory beanFactory, ObjectProvider<AwsClientDefaults> defaults,
			ObjectProvider<AwsCredentialsProvider> credentials,
			ObjectProvider<CloudFrontClientCustomizer> customizers) {
		CloudFrontClientFactory factory = new CloudFrontClientFactory(properties, defaults, credentials, customizers);
		return new CloudFrontClientSelector(properties, beanFactory).select(factory);
	}

	@Bean
	SdkInvalidationClient cfTrackerInvalidationClient(CloudFrontConnection connection, CfTrackerProperties properties) {
		return new SdkInvalidationClient(connection, properties.requiredDistributionId());
	}

	@Bean
	SdkDistributionClient cfTrackerDistributionClient(CloudFrontConnection connection, CfTrackerProperties properties) {
		return new SdkDistributionClient(connection, properties.requiredDistributionId());
	}

	/**
	 * Configuration for an application that uses Spring Cloud AWS.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(AwsClientBuilderConfigurer.class)
	@ConditionalOnBean(AwsClientBuilderConfigurer.class)
	static class SpringCloudAwsConfiguration {

		@Bean
		SpringCloudAwsDefaults cfTrackerAwsClientDefaults(AwsClientBuilderConfigurer configurer,
				ObjectProvider<AwsProperties> properties, ObjectProvider<AwsConnectionDetails> connectionDetails,
				ObjectProvider<AwsSyncClientCustomizer> customizers) {
			return new SpringCloudAwsDefaults(configurer, properties, connectionDetails, customizers);
		}

	}

}
