package io.github.cftracker.autoconfigure;

import java.util.List;

import io.github.cftracker.redis.TrackerRedis;
import io.lettuce.core.ReadFrom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.beans.factory.annotation.AnnotatedBeanDefinition;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;
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
		if (StringUtils.hasText(url)) {
			return TrackerRedis.to(RedisUrl.parse(url), this.properties.getRedis().getTimeout());
		}
		RedisConnectionFactory factory = applicationFactory();
		if (isHandMade()) {
			return asItIs(factory);
		}
		DataRedisConnectionDetails details = this.beanFactory.getBeanProvider(DataRedisConnectionDetails.class)
			.getIfUnique();
		if (!RedisAutoConfigurationFilter.isConfigured(this.environment) && !isCustom(details)) {
			throw nothingToConnectTo();
		}
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
				throw RedisAutoConfigurationFilter.isConfigured(this.environment) ? noFactory() : nothingToConnectTo();
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
				"Set 'cf.tracker.redis-url', for example to 'redis://localhost:6379', or set 'spring.data.redis.host' to "
						+ "use the application's Redis, or set 'cf.tracker.store=memory' for a single node.");
	}

	private static CfTrackerConfigurationException noFactory() {
		return new CfTrackerConfigurationException(
				"'cf.tracker.store' is 'redis' and 'spring.data.redis' is configured, but Spring Boot has not created "
						+ "a connection factory.",
				"Check that the client in 'spring.data.redis.client-type' is on the class path (Lettuce comes with the "
						+ "starter), or set 'cf.tracker.redis-url'.");
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

	private static boolean isCustom(@Nullable DataRedisConnectionDetails details) {
		return details != null && !details.getClass().getName().startsWith(BOOT_REDIS);
	}

}
