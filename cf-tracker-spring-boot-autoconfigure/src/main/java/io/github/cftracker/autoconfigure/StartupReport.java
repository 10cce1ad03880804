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

	private final EffectiveSettings setup;

	private final CfTrackerProperties properties;

	private final @Nullable Object client;

	private final @Nullable Object connection;

	StartupReport(EffectiveSettings setup, CfTrackerProperties properties, @Nullable Object client,
			@Nullable Object connection) {
		this.setup = setup;
		this.properties = properties;
		this.client = client;
		this.connection = connection;
	}

	@Override
	public void afterSingletonsInstantiated() {
		if (this.setup.lacksRunOnce()) {
			throw new CfTrackerConfigurationException(
					"'cf.tracker.run-once' is true, but was false when the application was processed ahead of time.",
					"Build with 'cf.tracker.run-once=true', or start without 'spring.aot.enabled=true'.");
		}
		logger.info("cf-tracker: distribution {}{}, store {}{}, tracking {}, schedule {}",
				this.properties.getDistributionId(), (this.client != null) ? ", client " + this.client : "",
				this.setup.store(), (this.connection != null) ? " (" + this.connection + ")" : "",
				this.setup.tracking(), this.setup.schedule());
		if (this.properties.getStore() == CfTrackerProperties.Store.MEMORY) {
			logger.warn(
					"'cf.tracker.store' is 'memory': tracked paths are not shared between nodes and are lost at a restart{}",
					this.properties.isRunOnce() ? ", so 'cf.tracker.run-once=true' finds no tracked paths" : "");
		}
	}

}
