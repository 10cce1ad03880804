package io.github.cftracker.autoconfigure;

import java.util.List;
import java.util.Optional;

import io.github.cftracker.redis.TrackerRedisConnection;
import io.lettuce.core.RedisURI;

import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.core.env.Environment;
import org.springframework.util.ClassUtils;
import org.springframework.util.StringUtils;

/**
 * Selector of the Redis connection: the tracker's own, else the application's.
 */
final class TrackerRedisSelector {

	private static final ConfigurationPropertyName APPLICATION_REDIS = ConfigurationPropertyName
		.of("spring.data.redis");

	private final CfTrackerProperties properties;

	private final ConfigurableListableBeanFactory beanFactory;

	private final Environment environment;

	TrackerRedisSelector(CfTrackerProperties properties, ConfigurableListableBeanFactory beanFactory,
			Environment environment) {
		this.properties = properties;
		this.beanFactory = beanFactory;
		this.environment = environment;
	}

	TrackerRedisConnection select() {
		String url = this.properties.getRedisUrl();
		RedisTls tls = new RedisTls(this.properties.getRedis().getSsl(),
				this.beanFactory.getBeanProvider(SslBundles.class));
		if (StringUtils.hasText(url)) {
			List<RedisURI> servers = RedisUrl.parse(url);
			return TrackerRedisConnection.to(servers, tls.applyTo(servers), this.properties.getRedis().getTimeout());
		}
		tls.rejectForApplication();
		if (ClassUtils.isPresent(OptionalClassHints.SPRING_DATA_REDIS, this.beanFactory.getBeanClassLoader())) {
			Optional<TrackerRedisConnection> application = new ApplicationRedisSelector(this.properties,
					this.beanFactory)
				.select();
			if (application.isPresent()) {
				return application.get();
			}
		}
		throw isConfigured() ? noFactory() : nothingToConnectTo();
	}

	private static CfTrackerConfigurationException nothingToConnectTo() {
		return new CfTrackerConfigurationException(
				"'cf.tracker.store' is 'redis', but there is no Redis to connect to.",
				"Set 'cf.tracker.redis-url', for example to 'redis://localhost:6379', or add 'spring-boot-starter-data-redis' "
						+ "to use the Redis of 'spring.data.redis.host', or set 'cf.tracker.store=memory' for a single node.");
	}

	private static CfTrackerConfigurationException noFactory() {
		return new CfTrackerConfigurationException(
				"'cf.tracker.store' is 'redis' and 'spring.data.redis' is configured, but the application has no Redis "
						+ "connection factory.",
				"Set 'cf.tracker.redis-url', or add 'spring-boot-starter-data-redis', and check that the client in "
						+ "'spring.data.redis.client-type' is on the class path.");
	}

	private boolean isConfigured() {
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(this.environment)) {
			if (source.containsDescendantOf(APPLICATION_REDIS) == ConfigurationPropertyState.PRESENT) {
				return true;
			}
		}
		return false;
	}

}
