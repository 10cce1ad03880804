package io.github.cftracker.chaos;

import java.time.Duration;
import java.util.concurrent.Callable;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Waits for conditions that may not come true: what follows from that is a finding, not
 * the end of the test.
 */
final class Wait {

	private Wait() {
	}

	static boolean until(Duration atMost, Duration interval, Callable<Boolean> condition) {
		try {
			Awaitility.await().atMost(atMost).pollDelay(Duration.ZERO).pollInterval(interval).until(condition);
			return true;
		}
		catch (ConditionTimeoutException ex) {
			return false;
		}
	}

	static boolean until(Duration atMost, Callable<Boolean> condition) {
		return until(atMost, Duration.ofMillis(50), condition);
	}

	/**
	 * Waits until a condition has held for a while.
	 */
	static boolean untilSteady(Duration atMost, Duration steady, Callable<Boolean> condition) {
		try {
			Awaitility.await().atMost(atMost).pollInterval(Duration.ofMillis(100)).during(steady).until(condition);
			return true;
		}
		catch (ConditionTimeoutException ex) {
			return false;
		}
	}

}
