package io.github.cftracker.autoconfigure;

import java.util.List;
import java.util.Optional;

import io.github.cftracker.redis.ApplicationRedis;
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
import org.springframework.core.type.MethodMetadata;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * Finds the application's Redis. Needs Spring Data Redis.
 */
final class ApplicationRedisSelector {

	private static final Logger logger = LoggerFactory.getLogger(ApplicationRedisSelector.class);

	private static final String BOOT_REDIS = "org.springframework.boot.data.redis.autoconfigure.";

	private final CfTrackerProperties properties;

	private final ConfigurableListableBeanFactory beanFactory;

	ApplicationRedisSelector(CfTrackerProperties properties, ConfigurableListableBeanFactory beanFactory) {
		this.properties = properties;
		this.beanFactory = beanFactory;
	}

	Optional<TrackerRedis> select() {
		return Optional.ofNullable(factory()).map(this::redis);
	}

	private TrackerRedis redis(RedisConnectionFactory factory) {
		if (isHandMade()) {
			return asItIs(factory);
		}
		DataRedisConnectionDetails details = this.beanFactory.getBeanProvider(DataRedisConnectionDetails.class)
			.getIfUnique();
		boolean reachable = details == null || details.getMasterReplica() == null;
		if (reachable && factory instanceof LettuceConnectionFactory lettuce) {
			return ApplicationRedis.like(lettuce, this.properties.getRedis().getTimeout());
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
		return ApplicationRedis.using(factory);
	}

	private @Nullable RedisConnectionFactory factory() {
		try {
			return this.beanFactory.getBeanProvider(RedisConnectionFactory.class).getIfAvailable();
		}
		catch (NoUniqueBeanDefinitionException ex) {
			throw new CfTrackerConfigurationException(
					"'cf.tracker.store' is 'redis', but the application has several Redis connection factories: %s."
						.formatted(ex.getBeanNamesFound()),
					"Mark one of them as @Primary, or set 'cf.tracker.redis-url'.");
		}
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

}
