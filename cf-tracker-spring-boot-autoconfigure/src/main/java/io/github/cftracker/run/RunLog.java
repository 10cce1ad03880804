package io.github.cftracker.run;

import io.github.cftracker.Run;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says why a run failed, in one line that names it.
 */
final class RunLog implements RunObserver {

	private static final Logger logger = LoggerFactory.getLogger(RunLog.class);

	@Override
	public void finished(Run run) {
		if (run.state() == Run.State.FAILED) {
			logger.warn("Run {} failed: {}", run.id(), run.error());
		}
	}

}
