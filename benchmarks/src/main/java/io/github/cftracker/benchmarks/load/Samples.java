package io.github.cftracker.benchmarks.load;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * What was seen of one thing, round by round.
 */
final class Samples {

	private final List<Double> values = new ArrayList<>();

	void add(double value) {
		this.values.add(value);
	}

	double median() {
		List<Double> sorted = this.values.stream().sorted().toList();
		int middle = sorted.size() / 2;
		return (sorted.size() % 2 == 1) ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
	}

	/**
	 * The ratios of what was seen in the same round.
	 */
	Samples dividedBy(Samples others) {
		Samples ratios = new Samples();
		for (int i = 0; i < this.values.size(); i++) {
			ratios.add(this.values.get(i) / others.values.get(i));
		}
		return ratios;
	}

	/**
	 * The median, with as many digits as one can make sense of.
	 */
	@Override
	public String toString() {
		double median = median();
		String format = (median >= 100) ? "%,.0f" : (median >= 10) ? "%.1f" : (median >= 1) ? "%.2f" : "%.3f";
		return String.format(Locale.ROOT, format, median);
	}

	/**
	 * The median, and the smallest and the largest.
	 */
	String withSpread() {
		return String.format(Locale.ROOT, "%.3f (%.3f–%.3f)", median(), Collections.min(this.values),
				Collections.max(this.values));
	}

}
