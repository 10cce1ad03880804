package io.github.cftracker.benchmarks;

import java.util.Arrays;
import java.util.Random;

/**
 * The paths of a shop, of 60 characters on average, and the order in which they are asked
 * for: some very often, most seldom.
 */
public final class PathSamples {

	private static final String[] COLORS = { "red", "green", "navy", "sand", "ivory", "black" };

	private static final String[] GARMENTS = { "jacket", "trousers", "shirt", "scarf", "raincoat" };

	private PathSamples() {
	}

	/**
	 * A path.
	 * @param number its number, from zero
	 * @return the path, of which one in five has a query string
	 */
	public static String path(int number) {
		String path = "/shop/category-%d/product-%s-%s-%07d/reviews-and-sizes".formatted(100 + number % 700,
				COLORS[number % COLORS.length], GARMENTS[number % GARMENTS.length], number);
		return (number % 5 == 0) ? path + "?page=2" : path;
	}

	/**
	 * Draws numbers by Zipf's law: the n-th most popular one is drawn in proportion to 1
	 * / n.
	 * @param count how many numbers there are
	 * @param draws how many to draw
	 * @return the numbers drawn, each from zero to {@code count}, in random order
	 */
	public static int[] zipf(int count, int draws) {
		double[] cumulative = new double[count];
		double sum = 0;
		for (int i = 0; i < count; i++) {
			sum += 1.0 / (i + 1);
			cumulative[i] = sum;
		}
		Random random = new Random(42);
		int[] shuffled = random.ints(0, count).distinct().limit(count).toArray();
		int[] drawn = new int[draws];
		for (int i = 0; i < draws; i++) {
			int rank = Arrays.binarySearch(cumulative, random.nextDouble() * sum);
			drawn[i] = shuffled[Math.min((rank < 0) ? -rank - 1 : rank, count - 1)];
		}
		return drawn;
	}

}
