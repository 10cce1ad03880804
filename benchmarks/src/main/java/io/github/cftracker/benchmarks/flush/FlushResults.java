package io.github.cftracker.benchmarks.flush;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;

import io.github.cftracker.benchmarks.Report;
import io.github.cftracker.benchmarks.flush.FlushRound.Timed;
import io.github.cftracker.benchmarks.measure.Spread;

/**
 * What was seen in all rounds.
 */
final class FlushResults {

	private static final int OURS = 0;

	private final Map<String, Map<Integer, List<Timed>>> rounds = new LinkedHashMap<>();

	void add(String paths, Timed timed) {
		add(paths, OURS, timed);
	}

	/**
	 * Adds what {@code redis-benchmark} has seen.
	 */
	void add(String paths, int clients, Timed timed) {
		this.rounds.computeIfAbsent(paths, (key) -> new LinkedHashMap<>())
			.computeIfAbsent(clients, (key) -> new ArrayList<>())
			.add(timed);
	}

	void addTo(Report report) {
		List<List<String>> rows = new ArrayList<>();
		this.rounds.forEach((paths, writers) -> writers.forEach((clients,
				timed) -> rows.add(List.of(paths, (clients == OURS) ? "a flush" : "redis-benchmark -c " + clients,
						spread(timed, (round) -> round.perSecond() / 1000).format("%.0f"),
						spread(timed, Timed::redisMicros).format("%.2f"),
						spread(timed, (round) -> 1e6 / round.perSecond() - round.redisMicros()).format("%.2f"),
						ratio(writers.getOrDefault(OURS, List.of()), timed)))));
		report.add(List.of("paths", "written by", "1,000 paths/s", "µs per path in Redis' command",
				"µs per path besides", "a flush is so fast beside it"), rows);
	}

	private static Spread spread(List<Timed> timed, Function<Timed, Double> value) {
		return Spread.of(timed.stream().map(value).toList());
	}

	private static String ratio(List<Timed> ours, List<Timed> theirs) {
		return Spread
			.of(IntStream.range(0, theirs.size())
				.mapToObj((round) -> 100 * ours.get(round).perSecond() / theirs.get(round).perSecond())
				.toList())
			.format("%.0f %%");
	}

}
