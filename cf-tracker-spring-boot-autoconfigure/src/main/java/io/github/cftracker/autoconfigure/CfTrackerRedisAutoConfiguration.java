package io.github.cftracker.autoconfigure;

import java.time.Clock;

import io.github.cftracker.PathPatterns;
import io.github.cftracker.UrlStore;
import io.github.cftracker.redis.RedisInspector;
import io.github.cftracker.redis.RedisKeys;
import io.github.cftracker.redis.RedisRunLedger;
import io.github.cftracker.redis.RedisSettingsHistory;
import io.github.cftracker.redis.RedisUrlStore;
import io.github.cftracker.redis.ScriptHints;
import io.github.cftracker.redis.TrackerRedisConnection;
import io.lettuce.core.RedisClient;

import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.context.aot.AbstractAotProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * Auto-configuration for the store and the ledger in Redis.
 */
@AutoConfiguration(afterName = "org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration")
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@ConditionalOnClass(RedisClient.class)
@ConditionalOnActivation
@ConditionalOnProperty(name = "cf.tracker.store", havingValue = "redis", matchIfMissing = true)
@ConditionalOnMissingBean(UrlStore.class)
@EnableConfigurationProperties(CfTrackerProperties.class)
@ImportRuntimeHints({ ScriptHints.class, OptionalClassHints.class })
public final class CfTrackerRedisAutoConfiguration {

	/**
	 * Check before the web server starts, which would also log the first bean that fails
	 * as an error.
	 */
	@Bean
	static BeanFactoryPostProcessor cfTrackerRedisUrlCheck(Environment environment) {
		return (beanFactory) -> {
			String url = Binder.get(environment).bind("cf.tracker.redis-url", String.class).orElse("");
			// What is missing at build time may be there at run time
			if (StringUtils.hasText(url)
					&& !environment.getProperty(AbstractAotProcessor.AOT_PROCESSING, Boolean.class, false)) {
				PropertiesCheck.checkPlaceholders(environment);
				RedisUrl.parse(url);
			}
		};
	}

	@Bean
	TrackerRedisConnection cfTrackerRedis(CfTrackerProperties properties, ConfigurableListableBeanFactory beanFactory,
			Environment environment) {
		return new TrackerRedisSelector(properties, beanFactory, environment).select();
	}

	@Bean
	UrlStore cfTrackerUrlStore(TrackerRedisConnection cfTrackerRedis, CfTrackerProperties properties,
			PathPatterns patterns) {
		return new RedisUrlStore(cfTrackerRedis, keys(properties), properties.getInvalidation().getLease(), patterns,
				properties.getTags().getMaxEntries());
	}

	@Bean
	RedisRunLedger cfTrackerRunLedger(TrackerRedisConnection cfTrackerRedis, CfTrackerProperties properties,
			PathPatterns patterns) {
		return new RedisRunLedger(cfTrackerRedis, keys(properties), new SettingsMapper(properties).ledger(), patterns,
				Clock.systemUTC());
	}

	@Bean
	RedisSettingsHistory cfTrackerSettingsHistory(TrackerRedisConnection cfTrackerRedis,
			CfTrackerProperties properties) {
		return new RedisSettingsHistory(cfTrackerRedis, keys(properties));
	}

	@Bean
	RedisInspector cfTrackerStoreInspector(TrackerRedisConnection cfTrackerRedis, CfTrackerProperties properties) {
		return new RedisInspector(cfTrackerRedis, keys(properties), properties.getRedis().getWaitReplicas());
	}

	private static RedisKeys keys(CfTrackerProperties properties) {
		return new RedisKeys(properties.getKeyPrefix(), properties.requiredDistributionId());
	}

}
