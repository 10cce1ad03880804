package io.github.cftracker.benchmarks.flush;

import java.time.Duration;
import java.util.Random;

import io.github.cftracker.benchmarks.PathSamples;

/**
 * The paths that are flushed: a thousand pages, each with as many numbers as it takes. A
 * number has twelve digits, as those that {@code redis-benchmark} writes in place of
 * {@code __rand_int__}.
 */
final class FlushedPaths {

	static final int PAGES = 1000;

	static final String ROUTE = "/shop/{category}/{product}/reviews-and-sizes";

	private static final Duration[] LIFETIMES = { Duration.ofHours(2), Duration.ofDays(1), Duration.ofDays(7) };

	private static final int DIGITS = 7;

	private final Random random = new Random(42);

	/**
	 * A path.
	 * @param page which page, below a thousand
	 * @param number its number
	 */
	static String path(int page, long number) {
		String sample = PathSamples.path(page);
		int start = sample.indexOf("/reviews") - DIGITS;
		return sample.substring(0, start) + "%012d".formatted(number) + sample.substring(start + DIGITS);
	}

	/**
	 * One of a few lifetimes, as the pages of a site have.
	 */
	Duration lifetime() {
		return LIFETIMES[this.random.nextInt(LIFETIMES.length)];
	}

}
