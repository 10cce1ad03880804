package io.github.cftracker.actuate;

import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;

/**
 * Contributor of the settings in effect to {@code /actuator/info}. It calls neither the
 * store nor CloudFront.
 */
public final class CfTrackerInfoContributor implements InfoContributor {

	private final Map<String, Object> details;

	/**
	 * Create a contributor.
	 * @param details the details, in order
	 */
	public CfTrackerInfoContributor(Map<String, Object> details) {
		this.details = new LinkedHashMap<>(details);
	}

	@Override
	public void contribute(Info.Builder builder) {
		builder.withDetail("cfTracker", this.details);
	}

}
