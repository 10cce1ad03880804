package io.github.cftracker.autoconfigure;

import java.util.LinkedHashMap;
import java.util.Map;

import io.github.cftracker.UrlStore;
import io.github.cftracker.scheduling.RunOnce;
import io.github.cftracker.scheduling.ScheduledInvalidation;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.scheduling.config.ScheduledTaskRegistrar;

/**
 * Settings in effect, as text.
 */
class EffectiveSettings {

	private final CfTrackerProperties properties;

	private final UrlStore store;

	private final ListableBeanFactory beanFactory;

	EffectiveSettings(CfTrackerProperties properties, UrlStore store, ListableBeanFactory beanFactory) {
		this.properties = properties;
		this.store = store;
		this.beanFactory = beanFactory;
	}

	/**
	 * Return whether the single run is missing, because ahead-of-time processing did not
	 * include its bean.
	 */
	boolean lacksRunOnce() {
		return this.properties.isRunOnce()
				&& this.beanFactory.getBeanNamesForType(RunOnce.class, false, false).length == 0;
	}

	String store() {
		return this.store.name();
	}

	String tracking() {
		CfTrackerProperties.Tracking tracking = this.properties.getTracking();
		return this.beanFactory.containsBean(CfTrackerWebAutoConfiguration.FILTER)
				? String.join(", ", tracking.getMethods()) + " from " + source(tracking) : "only by UrlTracker";
	}

	private static String source(CfTrackerProperties.Tracking tracking) {
		return switch (tracking.getSource()) {
			case ANY -> "any source";
			case CLOUDFRONT -> "CloudFront (identified by headers)";
			case SECRET_HEADER -> "clients with the secret header";
		};
	}

	String schedule() {
		if (this.beanFactory.getBeanNamesForType(ScheduledInvalidation.class, false, false).length == 0) {
			// There is none, or that of a parent context
			return ScheduledTaskRegistrar.CRON_DISABLED;
		}
		CfTrackerProperties.Schedule schedule = this.properties.getSchedule();
		return (schedule.getZone() != null) ? schedule.getCron() + " " + schedule.getZone() : schedule.getCron();
	}

	Map<String, Object> details() {
		Map<String, Object> details = new LinkedHashMap<>();
		details.put("distributionId", this.properties.requiredDistributionId());
		details.put("store", store());
		details.put("tracking", tracking());
		details.put("schedule", schedule());
		return details;
	}

}
