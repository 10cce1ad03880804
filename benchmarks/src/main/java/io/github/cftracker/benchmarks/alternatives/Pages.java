package io.github.cftracker.benchmarks.alternatives;

import java.time.Duration;
import java.util.Set;

import io.github.cftracker.benchmarks.PathSamples;

/**
 * The pages: 10,000 that are requested, of which 100 change.
 */
final class Pages {

	static final int COUNT = 10_000;

	static final int CHANGED = 100;

	static final Duration LIFETIME = Duration.ofHours(1);

	/**
	 * Tag of the pages that change.
	 */
	static final String CHANGED_TAG = "sale";

	/**
	 * Tag of all pages.
	 */
	static final String ALL_TAG = "shop";

	private Pages() {
	}

	static String path(int page) {
		return PathSamples.path(page).replace("?page=2", "");
	}

	static boolean isChanged(int page) {
		return page < COUNT && page % (COUNT / CHANGED) == 7;
	}

	static Set<String> tags(int page) {
		String category = "category-" + page % 700;
		return isChanged(page) ? Set.of(ALL_TAG, category, "product-" + page, CHANGED_TAG)
				: Set.of(ALL_TAG, category, "product-" + page);
	}

}
