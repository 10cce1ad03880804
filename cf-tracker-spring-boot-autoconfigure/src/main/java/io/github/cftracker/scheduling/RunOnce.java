package io.github.cftracker.scheduling;

import java.util.concurrent.CompletionException;
import java.util.function.IntConsumer;

import io.github.cftracker.CloudFrontInvalidator;
import io.github.cftracker.Run;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;

/**
 * Invalidates everything once the application is ready, waits for the end, and leaves
 * with 0, or with 1 where anything went wrong.
 */
public final class RunOnce implements ApplicationListener<ApplicationReadyEvent> {

	private static final Logger logger = LoggerFactory.getLogger(RunOnce.class);

	private final CloudFrontInvalidator invalidator;

	private final IntConsumer exit;

	/**
	 * Create a single run.
	 * @param invalidator what to invalidate with
	 * @param exit ends the application with an exit code
	 */
	public RunOnce(CloudFrontInvalidator invalidator, IntConsumer exit) {
		this.invalidator = invalidator;
		this.exit = exit;
	}

	@Override
	public void onApplicationEvent(ApplicationReadyEvent event) {
		this.exit.accept(invalidate() ? 0 : 1);
	}

	private boolean invalidate() {
		try {
			Run run = this.invalidator.invalidateAll().completion().join();
			logger.info("Run {} is {}: {} tracked paths, {} items in {} invalidations", run.id(), run.state(),
					run.paths(), run.items(), accepted(run));
			if (run.state() == Run.State.FAILED) {
				logger.error("Run {} failed: {}", run.id(), run.error());
			}
			return run.state() != Run.State.FAILED;
		}
		catch (CompletionException ex) {
			logger.error("The run did not end", ex);
		}
		catch (RuntimeException ex) {
			logger.error("The run was not started: {}", ex.getMessage());
			logger.debug("The run was not started", ex);
		}
		return false;
	}

	private static long accepted(Run run) {
		return run.batches().stream().filter((batch) -> batch.invalidationId() != null).count();
	}

}
