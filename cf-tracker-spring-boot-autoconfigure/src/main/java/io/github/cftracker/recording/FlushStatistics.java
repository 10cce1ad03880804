package io.github.cftracker.recording;

import java.util.concurrent.atomic.LongAdder;

/**
 * Statistics of this node's flushes that had something to write. Safe for use by several
 * threads.
 */
public final class FlushStatistics {

	private final LongAdder count = new LongAdder();

	private final LongAdder failures = new LongAdder();

	private final LongAdder nanos = new LongAdder();

	/**
	 * Count a flush that has written something.
	 * @param startedAt {@link System#nanoTime()} at its start
	 */
	void succeeded(long startedAt) {
		add(startedAt);
	}

	/**
	 * Count a flush of which the store did not take everything.
	 * @param startedAt {@link System#nanoTime()} at its start
	 */
	void failed(long startedAt) {
		this.failures.increment();
		add(startedAt);
	}

	private void add(long startedAt) {
		this.count.increment();
		this.nanos.add(System.nanoTime() - startedAt);
	}

	/**
	 * Return the number of flushes.
	 * @return the number since the start, including failed ones
	 */
	public long count() {
		return this.count.sum();
	}

	/**
	 * Return how many flushes the store did not take, or not all of.
	 * @return the number since the start
	 */
	public long failures() {
		return this.failures.sum();
	}

	/**
	 * Return how long all flushes took together.
	 * @return nanoseconds since the start
	 */
	public long nanos() {
		return this.nanos.sum();
	}

}
