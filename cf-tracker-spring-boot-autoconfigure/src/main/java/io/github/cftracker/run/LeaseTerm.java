package io.github.cftracker.run;

import java.time.Duration;
import java.time.Instant;

import io.github.cftracker.thread.Repeater;

/**
 * Time from the acquisition of the lease until this node has to leave its runs.
 */
final class LeaseTerm implements RunClock {

	private final Repeater sender;

	private final Thread thread = Thread.currentThread();

	private final StoreTime time;

	private volatile boolean over;

	/**
	 * Create a term.
	 * @param sender repeats what the calling thread does
	 * @param time the store's time
	 */
	LeaseTerm(Repeater sender, StoreTime time) {
		this.sender = sender;
		this.time = time;
	}

	/**
	 * Return whether this node has to leave its runs and must not write.
	 */
	boolean isLeaving() {
		return this.over || !this.sender.isCurrent(this.thread);
	}

	/**
	 * Return whether the lease was lost, or may have been.
	 */
	boolean isOver() {
		return this.over;
	}

	void end() {
		this.over = true;
		this.sender.wake();
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
		return this.sender.pause(duration, this::isOver);
	}

	/**
	 * Wait for a time, or until there may be something to do.
	 */
	void idle(Duration duration) {
		this.sender.idle(duration);
	}

}
