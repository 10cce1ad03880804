package io.github.cftracker.autoconfigure;

import java.lang.reflect.Method;
import java.util.Optional;

import io.github.cftracker.redis.ApplicationRedis;
import io.github.cftracker.redis.TrackerRedisConnection;
import io.lettuce.core.ReadFrom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import org.springframework.beans.factory.NoUniqueBeanDefinitionException;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.config.NamedBeanHolder;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.util.ClassUtils;

/**
 * Selector of the application's Redis. Needs Spring Data Redis.
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

	Optional<TrackerRedisConnection> select() {
		return Optional.ofNullable(factory()).map(this::redis);
	}

	private TrackerRedisConnection redis(NamedBeanHolder<RedisConnectionFactory> bean) {
		RedisConnectionFactory factory = bean.getBeanInstance();
		if (!isFromBoot(bean.getBeanName())) {
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

	private TrackerRedisConnection asItIs(RedisConnectionFactory factory) {
		int replicas = this.properties.getRedis().getWaitReplicas();
		if (replicas > 0 && !ApplicationRedis.canWaitForReplicas(factory)) {
			throw new CfTrackerConfigurationException(
					("'cf.tracker.redis.wait-replicas' is %d, but the application's Redis connection factory (%s) does "
							+ "not use Lettuce, which this property requires.")
						.formatted(replicas, ClassUtils.getUserClass(factory).getSimpleName()),
					"Set 'cf.tracker.redis-url' to connect with Lettuce, or remove 'cf.tracker.redis.wait-replicas'.");
		}
		if (factory instanceof LettuceConnectionFactory lettuce && lettuce.getClientConfiguration()
			.getReadFrom()
			.filter((readFrom) -> readFrom != ReadFrom.UPSTREAM)
			.isPresent()) {
			logger.warn("The application's Redis connection factory reads from replicas, which may lag behind. Runs "
					+ "could resume from an outdated state. Set 'cf.tracker.redis-url' to the primary");
		}
		return ApplicationRedis.using(factory);
	}

	private @Nullable NamedBeanHolder<RedisConnectionFactory> factory() {
		try {
			return this.beanFactory.resolveNamedBean(RedisConnectionFactory.class);
		}
		catch (NoUniqueBeanDefinitionException ex) {
			throw new CfTrackerConfigurationException(
					"'cf.tracker.store' is 'redis', but the application has several Redis connection factories: %s."
						.formatted(ex.getBeanNamesFound()),
					"Mark one of them as @Primary, or set 'cf.tracker.redis-url'.");
		}
		catch (NoSuchBeanDefinitionException ex) {
			return null;
		}
	}

	/**
	 * Return whether a method of Spring Boot created a bean, possibly of a parent
	 * context.
	 */
	private boolean isFromBoot(String name) {
		try {
			Method method = (this.beanFactory.getMergedBeanDefinition(name) instanceof RootBeanDefinition definition)
					? definition.getResolvedFactoryMethod() : null;
			return method != null && method.getDeclaringClass().getName().startsWith(BOOT_REDIS);
		}
		catch (NoSuchBeanDefinitionException ex) {
			// Registered as an instance
			return false;
		}
	}

}
