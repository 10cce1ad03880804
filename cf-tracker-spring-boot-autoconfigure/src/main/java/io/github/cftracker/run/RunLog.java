package io.github.cftracker.run;

import java.util.Objects;

import io.github.cftracker.Run;
import io.github.cftracker.Trigger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says how a run has ended, in one line that names it. A single run from the command line
 * says so itself.
 */
final class RunLog implements RunObserver {

	private static final Logger logger = LoggerFactory.getLogger(RunLog.class);

	@Override
	public void finished(Run run) {
		switch (run.state()) {
			case FAILED -> logger.error("Run {} failed{}", name(run), wasSaid(run) ? "" : ": " + run.error());
			case COMPLETED -> {
				if (run.trigger() != Trigger.RUN_ONCE) {
					logger.info("Run {} is completed: {} tracked paths, {} items", name(run), run.paths(), run.items());
				}
			}
			default -> logger.debug("Run {} is {}", name(run), run.state());
		}
	}

	private static String name(Run run) {
		return "%s (%s)".formatted(run.id(), run.trigger().label());
	}

	/**
	 * What CloudFront says about a batch is logged when it does.
	 */
	private static boolean wasSaid(Run run) {
		return run.batches().stream().anyMatch((batch) -> Objects.equals(batch.error(), run.error()));
	}

}
