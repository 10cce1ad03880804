package io.github.cftracker.autoconfigure;

import io.github.cftracker.UrlStore;
import io.github.cftracker.cloudfront.CloudFrontConnection;
import io.github.cftracker.redis.TrackerRedisConnection;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;

/**
 * Auto-configuration for the checks of the properties and the report of what is in
 * effect. A context below another one has its own, because it may have other properties.
 */
@AutoConfiguration(after = CfTrackerAutoConfiguration.class)
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@ConditionalOnActivation
@EnableConfigurationProperties(CfTrackerProperties.class)
public final class CfTrackerStartupAutoConfiguration {

	/**
	 * Check before the web server starts, which would also log the first bean that fails
	 * as an error.
	 */
	@Bean
	static BeanFactoryPostProcessor cfTrackerPropertiesCheck(Environment environment) {
		return (beanFactory) -> {
			PropertiesCheck.check(environment);
			DependencyCheck.check(environment, beanFactory);
		};
	}

	@Bean
	static UnknownProperties cfTrackerUnknownProperties(Environment environment) {
		return new UnknownProperties(environment);
	}

	@Bean
	@Lazy(false)
	StartupReport cfTrackerStartupReport(CfTrackerProperties properties, UrlStore store,
			ObjectProvider<CloudFrontConnection> cloudFront, ObjectProvider<TrackerRedisConnection> redis,
			ListableBeanFactory beanFactory) {
		return new StartupReport(new EffectiveSettings(properties, store, beanFactory), properties,
				cloudFront.getIfAvailable(), redis.getIfAvailable());
	}

}
