package io.github.cftracker.thread;

import java.util.concurrent.TimeUnit;

/**
 * Time of threads that pause. Tests replace it.
 */
public interface Ticker {

	/**
	 * Time of this JVM.
	 */
	Ticker SYSTEM = new Ticker() {
	};

	/**
	 * Return the time since an arbitrary origin.
	 * @return nanoseconds, as of {@link System#nanoTime()}
	 */
	default long nanoTime() {
		return System.nanoTime();
	}

	/**
	 * Wait until a monitor is notified, for a limited time.
	 * @param monitor what to wait on, which the calling thread holds
	 * @param nanos how long to wait, more than zero
	 * @throws InterruptedException if the thread is interrupted
	 */
	default void await(Object monitor, long nanos) throws InterruptedException {
		TimeUnit.NANOSECONDS.timedWait(monitor, nanos);
	}

}
