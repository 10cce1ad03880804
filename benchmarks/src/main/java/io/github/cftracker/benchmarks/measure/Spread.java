package io.github.cftracker.benchmarks.measure;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;

/**
 * What was seen in several rounds.
 *
 * @param median the middle one
 * @param min the smallest
 * @param max the largest
 */
public record Spread(double median, double min, double max) {

	/**
	 * Summarizes.
	 * @param values what was seen, in any order, at least one
	 * @return the median, of which the larger is taken where there are two
	 */
	public static Spread of(Collection<Double> values) {
		double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
		return new Spread(sorted[sorted.length / 2], Arrays.stream(sorted).min().orElseThrow(),
				Arrays.stream(sorted).max().orElseThrow());
	}

	/**
	 * Writes it down.
	 * @param format of each number
	 * @return the median, and both ends in brackets
	 */
	public String format(String format) {
		return String.format(Locale.ROOT, format + " (" + format + " to " + format + ")", this.median, this.min,
				this.max);
	}

}
