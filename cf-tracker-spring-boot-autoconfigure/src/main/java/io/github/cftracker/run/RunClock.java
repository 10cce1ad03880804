package io.github.cftracker.run;

import java.time.Duration;
import java.time.InstantSource;

/**
 * Clock of the store, with waits that end early when this node has to leave its runs.
 */
interface RunClock extends InstantSource {

	/**
	 * Wait for a time, or until this node has to leave its runs.
	 * @param duration time to wait
	 * @return whether the time has passed
	 */
	boolean await(Duration duration);

}
