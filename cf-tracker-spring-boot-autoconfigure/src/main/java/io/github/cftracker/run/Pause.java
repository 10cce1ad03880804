package io.github.cftracker.run;

import java.time.Duration;

/**
 * A wait that ends early when this node has to leave a run.
 */
@FunctionalInterface
interface Pause {

	/**
	 * Wait for a time, or until this node has to leave the run.
	 * @param duration how long
	 * @return whether the time has passed
	 */
	boolean await(Duration duration);

}
