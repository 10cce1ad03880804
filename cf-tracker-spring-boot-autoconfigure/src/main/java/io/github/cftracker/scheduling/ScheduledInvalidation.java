package io.github.cftracker.scheduling;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.cftracker.RunHandle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

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

	private final AtomicBoolean failed = new AtomicBoolean();

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
			Optional<RunHandle> run = this.request.invalidateAllOnce("schedule:" + time, this.times.remembered(time));
			boolean recovered = this.failed.getAndSet(false);
			if (run.isPresent()) {
				logger.info("Scheduled run {} is queued", run.get().id());
			}
			else {
				logger.atLevel(recovered ? Level.INFO : Level.DEBUG)
					.log("The scheduled run of {} was queued by another node", time);
			}
		}
		catch (RuntimeException ex) {
			this.failed.set(true);
			logger.error(
					"Could not confirm that the scheduled run was queued: {}. "
							+ "Check '/actuator/cfinvalidate' and request the run manually if it is missing",
					ex.getMessage());
			logger.debug("Could not confirm that the scheduled run was queued", ex);
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
