package io.github.cftracker.benchmarks.measure;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Lets time pass.
 */
public final class Pause {

	private Pause() {
	}

	/**
	 * Wait for a while.
	 * @param duration how long
	 */
	public static void of(Duration duration) {
		until(System.nanoTime() + duration.toNanos());
	}

	/**
	 * Wait until a time of {@link System#nanoTime()}, which may be over, or until the
	 * thread is interrupted.
	 * @param time the time
	 */
	public static void until(long time) {
		for (long left = time - System.nanoTime(); left > 0
				&& !Thread.currentThread().isInterrupted(); left = time - System.nanoTime()) {
			LockSupport.parkNanos(left);
		}
	}

}
