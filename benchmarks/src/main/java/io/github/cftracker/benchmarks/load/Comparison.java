package io.github.cftracker.benchmarks.load;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import io.github.cftracker.benchmarks.Report;

/**
 * What was seen of several applications, beside one that they are compared with.
 */
final class Comparison {

	private final Map<String, Map<Variant, Samples>> rows;

	private final Variant base;

	private final List<Variant> others;

	Comparison(Variant base, Variant... others) {
		this(new LinkedHashMap<>(), base, List.of(others));
	}

	private Comparison(Map<String, Map<Variant, Samples>> rows, Variant base, List<Variant> others) {
		this.rows = rows;
		this.base = base;
		this.others = others;
	}

	/**
	 * Compare the same samples with another application.
	 */
	Comparison with(Variant base, Variant... others) {
		return new Comparison(this.rows, base, List.of(others));
	}

	List<Variant> variants() {
		return Stream.concat(Stream.of(this.base), this.others.stream()).toList();
	}

	/**
	 * Adds what was seen in a round.
	 */
	void add(String what, Variant variant, double value) {
		this.rows.computeIfAbsent(what, (added) -> new EnumMap<>(Variant.class))
			.computeIfAbsent(variant, (added) -> new Samples())
			.add(value);
	}

	void addTo(Report report) {
		List<String> header = new ArrayList<>(List.of("median"));
		variants().forEach((variant) -> header.add(variant.toString()));
		this.others.forEach((other) -> header.add(other + " / " + this.base));
		report.add(header, this.rows.entrySet().stream().map((row) -> row(row.getKey(), row.getValue())).toList());
	}

	private List<String> row(String what, Map<Variant, Samples> seen) {
		List<String> row = new ArrayList<>(List.of(what));
		variants().forEach((variant) -> row.add(samples(seen, variant).toString()));
		Samples compared = samples(seen, this.base);
		for (Variant other : this.others) {
			row.add((compared.median() > 0) ? samples(seen, other).dividedBy(compared).withSpread() : "–");
		}
		return row;
	}

	private static Samples samples(Map<Variant, Samples> seen, Variant variant) {
		return Objects.requireNonNull(seen.get(variant), () -> "No samples were collected for " + variant);
	}

}
