package io.github.cftracker.staleness;

import java.util.List;
import java.util.Random;

/**
 * A random choice.
 */
final class Choice {

	private Choice() {
	}

	static <T> T of(Random random, List<T> values) {
		return values.get(random.nextInt(values.size()));
	}

	/**
	 * Whether something happens that happens in so many of a hundred cases.
	 */
	static boolean in(Random random, int percent) {
		return random.nextInt(100) < percent;
	}

}
