package io.github.cftracker.autoconfigure;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Log line at startup with the settings in effect.
 */
class StartupReport implements SmartInitializingSingleton {

	private static final Logger logger = LoggerFactory.getLogger("io.github.cftracker");

	private final EffectiveSettings settings;

	private final CfTrackerProperties properties;

	private final @Nullable Object client;

	private final @Nullable Object connection;

	StartupReport(EffectiveSettings settings, CfTrackerProperties properties, @Nullable Object client,
			@Nullable Object connection) {
		this.settings = settings;
		this.properties = properties;
		this.client = client;
		this.connection = connection;
	}

	@Override
	public void afterSingletonsInstantiated() {
		if (this.settings.lacksRunOnce()) {
			throw new CfTrackerConfigurationException(
					"'cf.tracker.run-once' is true, but was false when the application was processed ahead of time.",
					"Build with 'cf.tracker.run-once=true', or start without 'spring.aot.enabled=true'.");
		}
		logger.info("cf-tracker: distribution {}{}, store {}{}, tracking {}, schedule {}",
				this.properties.getDistributionId(), (this.client != null) ? ", client " + this.client : "",
				this.settings.store(), (this.connection != null) ? " (" + this.connection + ")" : "",
				this.settings.tracking(), this.settings.schedule());
		if (this.properties.getStore() == CfTrackerProperties.Store.MEMORY) {
			logger.warn(
					"'cf.tracker.store' is 'memory': tracked paths are not shared between nodes and are lost at a restart{}",
					this.properties.isRunOnce() ? ", so 'cf.tracker.run-once=true' finds no tracked paths" : "");
		}
	}

}
