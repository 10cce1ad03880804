package io.github.cftracker.autoconfigure;

import java.util.LinkedHashMap;
import java.util.Map;

import io.github.cftracker.UrlStore;

/**
 * What is in effect, in words.
 */
class Setup {

	private final CfTrackerProperties properties;

	private final UrlStore store;

	private final boolean filters;

	Setup(CfTrackerProperties properties, UrlStore store, boolean filters) {
		this.properties = properties;
		this.store = store;
		this.filters = filters;
	}

	String store() {
		return this.store.name();
	}

	String tracking() {
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

	String schedule() {
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
