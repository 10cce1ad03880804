package io.github.cftracker.benchmarks.measure;

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
	 * Summarize values.
	 * @param values what was seen, in any order, at least one
	 * @return the median, or the mean of the two in the middle, and both ends
	 */
	public static Spread of(Collection<Double> values) {
		double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
		double median = (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
		return new Spread(median, sorted[0], sorted[sorted.length - 1]);
	}

	/**
	 * Return the figures as text.
	 * @param format of each number
	 * @return the median, and both ends in brackets
	 */
	public String format(String format) {
		return String.format(Locale.ROOT, format + " (" + format + " to " + format + ")", this.median, this.min,
				this.max);
	}

}
