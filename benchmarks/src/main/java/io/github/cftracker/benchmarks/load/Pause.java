package io.github.cftracker.benchmarks.load;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Lets time pass.
 */
final class Pause {

	private Pause() {
	}

	static void of(Duration duration) {
		until(System.nanoTime() + duration.toNanos());
	}

	/**
	 * Returns at a time of {@link System#nanoTime()}, at once if that is over.
	 */
	static void until(long time) {
		for (long left = time - System.nanoTime(); left > 0; left = time - System.nanoTime()) {
			LockSupport.parkNanos(left);
		}
	}

}
