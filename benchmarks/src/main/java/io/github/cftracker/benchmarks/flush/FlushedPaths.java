package io.github.cftracker.benchmarks.flush;

import java.time.Duration;

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

	private FlushedPaths() {
	}

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
	 * The lifetime of a page, one of a few, as the pages of a site have.
	 * @param page which page
	 */
	static Duration lifetime(int page) {
		return LIFETIMES[page % LIFETIMES.length];
	}

}
