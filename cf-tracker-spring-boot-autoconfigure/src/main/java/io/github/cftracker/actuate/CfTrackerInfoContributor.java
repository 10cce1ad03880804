package io.github.cftracker.actuate;

import java.util.LinkedHashMap;
import java.util.Map;

import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;

/**
 * Says in {@code /actuator/info} what the tracker is set up for: nothing that it would
 * have to ask the store or CloudFront for.
 */
public final class CfTrackerInfoContributor implements InfoContributor {

	private final Map<String, Object> details;

	/**
	 * Create a contributor.
	 * @param details what to show, in order
	 */
	public CfTrackerInfoContributor(Map<String, Object> details) {
		this.details = new LinkedHashMap<>(details);
	}

	@Override
	public void contribute(Info.Builder builder) {
		builder.withDetail("cfTracker", this.details);
	}

}
