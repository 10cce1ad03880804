package io.github.cftracker.scheduling;

import io.github.cftracker.CloudFrontInvalidator;
import io.github.cftracker.RunHandle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.scheduling.annotation.Scheduled;

/**
 * Invalidates everything at the times of {@code cf.tracker.schedule.cron}.
 */
public class ScheduledInvalidation {

	private static final Logger logger = LoggerFactory.getLogger(ScheduledInvalidation.class);

	private final CloudFrontInvalidator invalidator;

	/**
	 * Create a job.
	 * @param invalidator what to invalidate with
	 */
	public ScheduledInvalidation(CloudFrontInvalidator invalidator) {
		this.invalidator = invalidator;
	}

	/**
	 * Called by the scheduler.
	 */
	@Scheduled(cron = "${cf.tracker.schedule.cron:-}", zone = "${cf.tracker.schedule.zone:}")
	public void invalidateAll() {
		try {
			RunHandle run = this.invalidator.invalidateAll();
			logger.info("Scheduled run {} is requested", run.id());
		}
		catch (RuntimeException ex) {
			logger.error("The scheduled run was not requested, everything is still tracked: {}", ex.getMessage());
			logger.debug("The scheduled run was not requested", ex);
		}
	}

}
