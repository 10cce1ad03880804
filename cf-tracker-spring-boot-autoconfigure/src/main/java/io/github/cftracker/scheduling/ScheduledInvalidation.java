package io.github.cftracker.scheduling;

import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

import io.github.cftracker.CloudFrontInvalidator;
import io.github.cftracker.InvalidationRequest;
import io.github.cftracker.Run;
import io.github.cftracker.RunHandle;
import io.github.cftracker.Trigger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

import org.springframework.scheduling.annotation.Scheduled;

/**
 * Scheduled invalidation of everything at the times of {@code cf.tracker.schedule.cron},
 * once for all nodes. The first node queues the run under the time of the expression.
 */
public class ScheduledInvalidation {

	private static final Logger logger = LoggerFactory.getLogger(ScheduledInvalidation.class);

	private final FireTimes times;

	private final CloudFrontInvalidator invalidator;

	private final AtomicBoolean failed = new AtomicBoolean();

	/**
	 * Create a job.
	 * @param times the times of the cron expression
	 * @param invalidator the invalidator
	 */
	public ScheduledInvalidation(FireTimes times, CloudFrontInvalidator invalidator) {
		this.times = times;
		this.invalidator = invalidator;
	}

	/**
	 * Request a run. Called by the scheduler.
	 */
	@Scheduled(cron = "${cf.tracker.schedule.cron:-}", zone = "${cf.tracker.schedule.zone:}")
	public void invalidateAll() {
		try {
			Instant time = this.times.latest();
			Run run = request(time).run();
			boolean recovered = this.failed.getAndSet(false);
			if (run.state() != Run.State.EMPTY) {
				logger.info("Scheduled run {} is queued", run.id());
			}
			else {
				logger.atLevel(recovered ? Level.INFO : Level.DEBUG)
					.log("The scheduled run of {} is not queued by this node: {}", time, run.error());
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

	private RunHandle request(Instant time) {
		InvalidationRequest request = InvalidationRequest.ofEverything()
			.withTrigger(Trigger.SCHEDULE)
			.once("schedule:" + time, this.times.remembered(time));
		// A mock of a test may return null
		return Objects.requireNonNullElseGet(this.invalidator.invalidate(request),
				() -> RunHandle.ofNothing(request, "The invalidator did not return a run"));
	}

}
