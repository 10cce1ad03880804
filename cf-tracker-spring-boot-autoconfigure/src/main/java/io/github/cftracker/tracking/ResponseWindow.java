package io.github.cftracker.tracking;

import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;

/**
 * Counts responses, a fixed number at a time. All counts are in one number, so that
 * requests do not wait for each other and a window is taken as it is.
 */
final class ResponseWindow {

	private static final int BITS = 21;

	private static final long MASK = (1 << BITS) - 1;

	private final AtomicLong counts = new AtomicLong();

	private final int size;

	ResponseWindow(int size) {
		this.size = size;
	}

	/**
	 * Count a response.
	 * @param tracked whether it is tracked
	 * @param suspicious whether it is what the window looks for
	 * @return the counts if the window is full, and then the next one begins; a few more
	 * responses than its size if several arrive at once
	 */
	@Nullable Counts add(boolean tracked, boolean suspicious) {
		long counts = this.counts.addAndGet(1 | (tracked ? 1L << BITS : 0) | (suspicious ? 1L << (2 * BITS) : 0));
		int responses = (int) (counts & MASK);
		// Where another response came in between, that one is the last of the window
		return (responses >= this.size && this.counts.compareAndSet(counts, 0))
				? new Counts(responses, (int) (counts >>> BITS & MASK), (int) (counts >>> (2 * BITS) & MASK)) : null;
	}

	/**
	 * What a window has counted.
	 *
	 * @param responses how many responses
	 * @param tracked how many of them are tracked
	 * @param suspicious how many of them are what the window looks for
	 */
	record Counts(int responses, int tracked, int suspicious) {

		/**
		 * Return the share of what the window looks for.
		 */
		int percent() {
			return 100 * this.suspicious / this.responses;
		}

	}

}
