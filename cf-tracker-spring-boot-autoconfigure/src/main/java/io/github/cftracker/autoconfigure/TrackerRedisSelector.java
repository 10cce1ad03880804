package io.github.cftracker.autoconfigure;

import java.util.List;

import io.github.cftracker.redis.TrackerRedis;
import io.lettuce.core.ReadFrom;
import io.lettuce.core.RedisURI;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.core.env.Environment;
import org.springframework.core.type.MethodMetadata;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.util.StringUtils;

/**
 * Finds the Redis to use: the tracker's own, else the application's.
 */
final class TrackerRedisSelector {

	private static final Logger logger = LoggerFactory.getLogger(TrackerRedisSelector.class);

	private static final String BOOT_REDIS = "org.springframework.boot.data.redis.autoconfigure.";

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

	TrackerRedis select() {
		String url = this.properties.getRedisUrl();
		RedisTls tls = new RedisTls(this.properties.getRedis().getSsl(),
				this.beanFactory.getBeanProvider(SslBundles.class));
		if (StringUtils.hasText(url)) {
			List<RedisURI> servers = RedisUrl.parse(url);
			return TrackerRedis.to(servers, tls.applyTo(servers), this.properties.getRedis().getTimeout());
		}
		tls.rejectForApplication();
		RedisConnectionFactory factory = applicationFactory();
		if (isHandMade()) {
			return asItIs(factory);
		}
		DataRedisConnectionDetails details = this.beanFactory.getBeanProvider(DataRedisConnectionDetails.class)
			.getIfUnique();
		boolean reachable = details == null || details.getMasterReplica() == null;
		if (reachable && factory instanceof LettuceConnectionFactory lettuce) {
			return TrackerRedis.like(lettuce, this.properties.getRedis().getTimeout());
		}
		return asItIs(factory);
	}

	private static TrackerRedis asItIs(RedisConnectionFactory factory) {
		if (factory instanceof LettuceConnectionFactory lettuce && lettuce.getClientConfiguration()
			.getReadFrom()
			.filter((readFrom) -> readFrom != ReadFrom.UPSTREAM)
			.isPresent()) {
			logger.warn("The application's Redis connection factory reads from replicas, which may lag behind. Runs "
					+ "could resume from an outdated state. Set 'cf.tracker.redis-url' to the primary");
		}
		return TrackerRedis.using(factory);
	}

	private RedisConnectionFactory applicationFactory() {
		try {
			RedisConnectionFactory factory = this.beanFactory.getBeanProvider(RedisConnectionFactory.class)
				.getIfAvailable();
			if (factory == null) {
				throw isConfigured() ? noFactory() : nothingToConnectTo();
			}
			return factory;
		}
		catch (NoUniqueBeanDefinitionException ex) {
			throw new CfTrackerConfigurationException(
					"'cf.tracker.store' is 'redis', but the application has several Redis connection factories: %s."
						.formatted(ex.getBeanNamesFound()),
					"Mark one of them as @Primary, or set 'cf.tracker.redis-url'.");
		}
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

	private boolean isHandMade() {
		List<String> names = List
			.of(BeanFactoryUtils.beanNamesForTypeIncludingAncestors(this.beanFactory, RedisConnectionFactory.class));
		return names.stream().noneMatch(this::isFromBoot);
	}

	private boolean isFromBoot(String name) {
		if (!this.beanFactory.containsBeanDefinition(name)) {
			return false;
		}
		BeanDefinition definition = this.beanFactory.getBeanDefinition(name);
		MethodMetadata factoryMethod = (definition instanceof AnnotatedBeanDefinition annotated)
				? annotated.getFactoryMethodMetadata() : null;
		return factoryMethod != null && factoryMethod.getDeclaringClassName().startsWith(BOOT_REDIS);
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
