package io.github.cftracker.run;

import java.time.Duration;
import java.time.Instant;

/**
 * The time from when this node acquires the lease until it has to leave its runs.
 */
final class LeaseTerm implements RunClock {

	private final RunThreads threads;

	private final StoreTime time;

	private volatile boolean over;

	LeaseTerm(RunThreads threads, StoreTime time) {
		this.threads = threads;
		this.time = time;
	}

	/**
	 * Return whether this node has to leave its runs, and to write nothing.
	 */
	boolean isLeaving() {
		return this.over || this.threads.isStopping();
	}

	/**
	 * Return whether the lease was lost, or may have been.
	 */
	boolean isOver() {
		return this.over;
	}

	void end() {
		this.over = true;
		this.threads.wake();
	}

	/**
	 * Read the store's clock.
	 */
	void readTime() {
		this.time.read();
	}

	@Override
	public Instant instant() {
		return this.time.instant();
	}

	@Override
	public boolean await(Duration duration) {
		return this.threads.pause(duration, this::isLeaving);
	}

	/**
	 * Wait for a time, or until there may be something to do.
	 */
	void idle(Duration duration) {
		this.threads.idle(duration, this::isLeaving);
	}

}
