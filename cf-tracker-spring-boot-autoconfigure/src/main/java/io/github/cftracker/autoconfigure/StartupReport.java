package io.github.cftracker.autoconfigure;

import io.github.cftracker.UrlStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * One line at the start that says what is in effect.
 */
class StartupReport implements SmartInitializingSingleton {

	private static final Logger logger = LoggerFactory.getLogger("io.github.cftracker");

	private final CfTrackerProperties properties;

	private final UrlStore store;

	private final @Nullable Object connection;

	private final boolean filters;

	StartupReport(CfTrackerProperties properties, UrlStore store, @Nullable Object connection, boolean filters) {
		this.properties = properties;
		this.store = store;
		this.connection = connection;
		this.filters = filters;
	}

	@Override
	public void afterSingletonsInstantiated() {
		logger.info("cf-tracker: distribution {}, store {}{}, tracking {}, schedule {}",
				this.properties.getDistributionId(), this.store.name(),
				(this.connection != null) ? " (" + this.connection + ")" : "", tracking(), schedule());
		if (this.properties.getStore() == CfTrackerProperties.Store.MEMORY) {
			logger.warn("cf.tracker.store=memory: for one node only, and a restart forgets what is tracked{}",
					this.properties.isRunOnce() ? ", so cf.tracker.run-once=true finds nothing to invalidate" : "");
		}
	}

	private String tracking() {
		CfTrackerProperties.Tracking tracking = this.properties.getTracking();
		return this.filters ? String.join(", ", tracking.getMethods()) + " from " + source(tracking) : "by hand only";
	}

	private static String source(CfTrackerProperties.Tracking tracking) {
		return switch (tracking.getSource()) {
			case ANY -> "any source";
			case CLOUDFRONT -> "CloudFront, as headers say";
			case SECRET_HEADER -> "whoever sends the secret header '" + tracking.getSecretHeader().getName() + "'";
		};
	}

	private String schedule() {
		CfTrackerProperties.Schedule schedule = this.properties.getSchedule();
		return (schedule.getZone() != null) ? schedule.getCron() + " " + schedule.getZone() : schedule.getCron();
	}

}
