package io.github.cftracker.benchmarks.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import io.github.cftracker.benchmarks.measure.Spread;

/**
 * What was seen of one thing, round by round.
 */
final class Samples {

	private final List<Double> values = new ArrayList<>();

	void add(double value) {
		this.values.add(value);
	}

	double median() {
		return Spread.of(this.values).median();
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
		Spread spread = Spread.of(this.values);
		return String.format(Locale.ROOT, "%.3f (%.3f–%.3f)", spread.median(), spread.min(), spread.max());
	}

}
