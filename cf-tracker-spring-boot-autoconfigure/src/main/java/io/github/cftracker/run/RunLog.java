package io.github.cftracker.run;

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
			case FAILED -> logger.error("Run {} failed: {}", run.id(), run.error());
			case COMPLETED -> {
				if (run.trigger() != Trigger.RUN_ONCE) {
					logger.info("Run {} is completed: {} tracked paths, {} items", run.id(), run.paths(), run.items());
				}
			}
			default -> logger.debug("Run {} is {}", run.id(), run.state());
		}
	}

}
