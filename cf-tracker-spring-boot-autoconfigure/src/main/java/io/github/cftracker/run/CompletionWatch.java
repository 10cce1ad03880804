package io.github.cftracker.run;

import java.time.Clock;
import java.time.Duration;
import java.util.function.BiConsumer;

import io.github.cftracker.Run.Batch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks CloudFront about the accepted batches of a run until all are completed. CloudFront
 * needs less than 25 seconds for most, so it asks after one second and then less and less
 * often.
 */
final class CompletionWatch {

	private static final Logger logger = LoggerFactory.getLogger(CompletionWatch.class);

	private static final Duration FIRST_PAUSE = Duration.ofMillis(500);

	private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

	private final InvalidationClient client;

	private final BiConsumer<Runnable, Duration> scheduler;

	private final Duration giveUpAfter;

	private final Clock clock;

	CompletionWatch(InvalidationClient client, BiConsumer<Runnable, Duration> scheduler, Duration giveUpAfter,
			Clock clock) {
		this.client = client;
		this.scheduler = scheduler;
		this.giveUpAfter = giveUpAfter;
		this.clock = clock;
	}

	void watch(RunProgress run) {
		schedule(run, FIRST_PAUSE);
	}

	private void schedule(RunProgress run, Duration pause) {
		this.scheduler.accept(() -> ask(run, pause), pause);
	}

	private void ask(RunProgress run, Duration pause) {
		try {
			if (allCompleted(run)) {
				run.finish();
				return;
			}
		}
		catch (InvalidationException ex) {
			if (ex.kind() == InvalidationException.Kind.REFUSED) {
				run.failed("CloudFront accepted it, but does not say when it is completed: " + ex.getMessage());
				run.finish();
				return;
			}
			logger.debug("CloudFront does not say whether run {} is completed", run.id(), ex);
		}
		catch (RuntimeException | LinkageError ex) {
			logger.warn("Whether run {} is completed cannot be seen: {}", run.id(), ex.getMessage());
			logger.debug("Whether run {} is completed cannot be seen", run.id(), ex);
		}
		if (this.clock.instant().isAfter(run.requestedAt().plus(this.giveUpAfter))) {
			run.failed("CloudFront accepted it, but has not completed it within %s".formatted(this.giveUpAfter));
			run.finish();
			return;
		}
		Duration longer = pause.multipliedBy(3).dividedBy(2);
		schedule(run, (longer.compareTo(LONGEST_PAUSE) < 0) ? longer : LONGEST_PAUSE);
	}

	private boolean allCompleted(RunProgress run) {
		for (Batch batch : run.inProgress()) {
			String invalidationId = batch.invalidationId();
			// In order: while an earlier one is not completed, later ones need no call
			if (invalidationId == null || !this.client.isCompleted(invalidationId)) {
				return false;
			}
			run.completed(batch);
		}
		return true;
	}

}
