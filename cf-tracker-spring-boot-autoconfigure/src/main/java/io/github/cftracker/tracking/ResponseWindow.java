package io.github.cftracker.tracking;

import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;

/**
 * Counts responses, a fixed number at a time. Both counts are in one number, so that
 * requests do not wait for each other and a window is taken as it is.
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
	 * @param suspicious whether it is what the window looks for
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
	 * What a window has counted.
	 *
	 * @param responses how many responses
	 * @param suspicious how many of them are what the window looks for
	 */
	record Counts(int responses, int suspicious) {

		/**
		 * Return the share of what the window looks for.
		 */
		int percent() {
			return 100 * this.suspicious / this.responses;
		}

	}

}
