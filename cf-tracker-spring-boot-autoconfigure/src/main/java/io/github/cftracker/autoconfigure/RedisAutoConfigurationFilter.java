package io.github.cftracker.autoconfigure;

import java.util.Locale;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.autoconfigure.AutoConfigurationImportFilter;
import org.springframework.boot.autoconfigure.AutoConfigurationMetadata;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * Leaves out Spring Boot's Redis auto-configurations where Redis is on the class path
 * only because of this starter. They would point the application's cache, repositories
 * and health at a server on localhost.
 */
class RedisAutoConfigurationFilter implements AutoConfigurationImportFilter, EnvironmentAware {

	private static final Logger logger = LoggerFactory.getLogger(RedisAutoConfigurationFilter.class);

	private static final String BOOT_REDIS = "org.springframework.boot.data.redis.autoconfigure.";

	private static final ConfigurationPropertyName APPLICATION_REDIS = ConfigurationPropertyName
		.of("spring.data.redis");

	private @Nullable Environment environment;

	@Override
	public void setEnvironment(Environment environment) {
		this.environment = environment;
	}

	@Override
	public boolean[] match(@Nullable String[] autoConfigurationClasses, AutoConfigurationMetadata metadata) {
		boolean leaveOut = this.environment != null && isForTrackerAlone(this.environment);
		boolean said = false;
		boolean[] match = new boolean[autoConfigurationClasses.length];
		for (int i = 0; i < match.length; i++) {
			String className = autoConfigurationClasses[i];
			match[i] = !(leaveOut && className != null && className.startsWith(BOOT_REDIS));
			if (!match[i] && !said) {
				said = true;
				logger.info(
						"Spring Boot's Redis auto-configuration is disabled because no 'spring.data.redis' property is set. "
								+ "Set 'cf.tracker.redis.keep-boot-auto-configuration=true' to keep it");
			}
		}
		return match;
	}

	private static boolean isForTrackerAlone(Environment environment) {
		boolean keep = environment.getProperty("cf.tracker.redis.keep-boot-auto-configuration", Boolean.class, false);
		// Also where the tracker is switched off: a Redis on localhost is not there
		// either
		return !keep && (hasOwnRedis(environment) || needsNoRedis(environment)) && !isConfigured(environment);
	}

	private static boolean hasOwnRedis(Environment environment) {
		return StringUtils.hasText(environment.getProperty("cf.tracker.redis-url"));
	}

	private static boolean needsNoRedis(Environment environment) {
		return "memory".equals(environment.getProperty("cf.tracker.store", "").toLowerCase(Locale.ROOT));
	}

	static boolean isConfigured(Environment environment) {
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
			if (source.containsDescendantOf(APPLICATION_REDIS) == ConfigurationPropertyState.PRESENT) {
				return true;
			}
		}
		return false;
	}

}
