package io.github.cftracker.scheduling;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import io.github.cftracker.RunHandle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.scheduling.annotation.Scheduled;

/**
 * Invalidates everything at the times of {@code cf.tracker.schedule.cron}, once for all
 * nodes: whoever comes first writes the run down under the time that the expression
 * names.
 */
public class ScheduledInvalidation {

	private static final Logger logger = LoggerFactory.getLogger(ScheduledInvalidation.class);

	private final FireTimes times;

	private final Request request;

	/**
	 * Create a job.
	 * @param times the times of the cron expression
	 * @param request what to do at each of them
	 */
	public ScheduledInvalidation(FireTimes times, Request request) {
		this.times = times;
		this.request = request;
	}

	/**
	 * Called by the scheduler.
	 */
	@Scheduled(cron = "${cf.tracker.schedule.cron:-}", zone = "${cf.tracker.schedule.zone:}")
	public void invalidateAll() {
		try {
			Instant time = this.times.latest();
			this.request.invalidateAllOnce("schedule:" + time, this.times.remembered(time))
				.ifPresentOrElse((run) -> logger.info("Scheduled run {} is requested", run.id()),
						() -> logger.debug("Another node has requested the run of {}", time));
		}
		catch (RuntimeException ex) {
			logger.error("The scheduled run was not requested, or nobody knows: {}", ex.getMessage());
			logger.debug("The scheduled run was not requested", ex);
		}
	}

	/**
	 * Requests a run for everything.
	 */
	@FunctionalInterface
	public interface Request {

		/**
		 * Requests it, unless any node has done so under the same name.
		 * @param name what happens once
		 * @param remembered for how long
		 * @return the run, empty if it was requested before
		 */
		Optional<RunHandle> invalidateAllOnce(String name, Duration remembered);

	}

}
