package io.github.cftracker.run;

import java.util.Objects;

import io.github.cftracker.Run;
import io.github.cftracker.Trigger;
import io.github.cftracker.text.LogText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Log line for the end of each run, except for a single run from the command line, which
 * reports its end itself.
 */
final class RunLog implements RunObserver {

	private static final Logger logger = LoggerFactory.getLogger(RunLog.class);

	@Override
	public void finished(Run run) {
		switch (run.state()) {
			case FAILED -> {
				if (run.trigger() != Trigger.RUN_ONCE && !isLogged(run)) {
					logger.error("Run {} failed: {}", name(run), LogText.firstLine(run.error()));
				}
			}
			case ACCEPTED -> {
				if (run.trigger() != Trigger.RUN_ONCE) {
					logger
						.info("Run {} is accepted: {} tracked paths, {} items. Whether CloudFront has completed it is "
								+ "unknown", name(run), run.paths(), run.items());
				}
			}
			case COMPLETED -> {
				if (run.trigger() != Trigger.RUN_ONCE) {
					logger.info("Run {} completed: {} tracked paths, {} items", name(run), run.paths(), run.items());
				}
			}
			default -> logger.debug("Run {} ended: {}", name(run), run.state());
		}
	}

	static String name(Run run) {
		return "%s (%s)".formatted(run.id(), run.trigger().label());
	}

	/**
	 * Return whether {@link BatchLog} has logged that the run failed.
	 */
	private static boolean isLogged(Run run) {
		return run.batches().stream().anyMatch((batch) -> Objects.equals(batch.error(), run.error()));
	}

}
