package io.github.cftracker.benchmarks.micro;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

import io.github.cftracker.benchmarks.Report;
import io.github.cftracker.benchmarks.measure.Spread;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs the JMH benchmarks. The system property {@code micro.quick} lets each run once, to
 * see whether it does.
 */
public final class Micro {

	private static final String ALLOCATED = "gc.alloc.rate.norm";

	private static final int ROUNDS = 5;

	private Micro() {
	}

	/**
	 * Measures what a request is held up for, with one thread and with two, by turns:
	 * from one minute to the next a machine is not the same.
	 * @param report told what was seen
	 * @throws RunnerException if it could not be measured
	 */
	public static void requestPath(Report report) throws RunnerException {
		int rounds = isQuick() ? 1 : ROUNDS;
		List<List<String>> rows = new ArrayList<>();
		for (int threads : new int[] { 1, 2 }) {
			Map<String, List<RunResult>> results = new LinkedHashMap<>();
			for (int round = 0; round < rounds; round++) {
				new Runner(options(RequestPathBenchmark.class, TimeValue.seconds(1)).forks(isQuick() ? 0 : 1)
					.threads(threads)
					.build()).run()
					.forEach((result) -> results.computeIfAbsent(label(result), (label) -> new ArrayList<>())
						.add(result));
			}
			List<Double> floor = nanos(Objects.requireNonNull(results.get("floor")));
			for (Map.Entry<String, List<RunResult>> entry : results.entrySet()) {
				List<Double> nanos = nanos(entry.getValue());
				rows.add(List.of(entry.getKey(), Integer.toString(threads), Spread.of(nanos).format("%.0f"),
						"%.0f".formatted(Spread.of(bytes(entry.getValue())).median()),
						Spread.of(ratios(nanos, floor)).format("%.2f")));
			}
		}
		report.add("%d rounds: median (smallest to largest). Ratios compare the same round.".formatted(rounds));
		report.add(List.of("a request", "threads", "ns", "bytes", "times the floor"), rows);
	}

	private static List<Double> nanos(List<RunResult> results) {
		return results.stream().map((result) -> result.getPrimaryResult().getStatistics().getPercentile(50)).toList();
	}

	private static List<Double> bytes(List<RunResult> results) {
		return results.stream().map(Micro::bytes).toList();
	}

	private static double bytes(RunResult result) {
		return Objects.requireNonNull(result.getSecondaryResults().get(ALLOCATED)).getScore();
	}

	private static List<Double> ratios(List<Double> seen, List<Double> floor) {
		return IntStream.range(0, seen.size()).mapToObj((i) -> seen.get(i) / floor.get(i)).toList();
	}

	/**
	 * Measures what a path costs when it is flushed, claimed and planned.
	 * @param report told what was seen
	 * @throws RunnerException if it could not be measured
	 */
	public static void paths(Report report) throws RunnerException {
		List<List<String>> rows = new ArrayList<>();
		for (Class<?> benchmark : List.of(StoreBenchmark.class, PlanBenchmark.class)) {
			new Runner(options(benchmark, TimeValue.seconds(2)).build()).run()
				.forEach((result) -> rows.add(row(result)));
		}
		report.add(List.of("a path", "ns", "bytes"), rows);
	}

	private static ChainedOptionsBuilder options(Class<?> benchmark, TimeValue time) {
		boolean quick = isQuick();
		return new OptionsBuilder().include(benchmark.getName() + "\\.")
			.forks(quick ? 0 : ROUNDS)
			.warmupIterations(quick ? 1 : 5)
			.warmupTime(quick ? TimeValue.milliseconds(10) : time)
			.measurementIterations(quick ? 1 : 3)
			.measurementTime(quick ? TimeValue.milliseconds(10) : time)
			.addProfiler(GCProfiler.class);
	}

	private static boolean isQuick() {
		return Boolean.getBoolean("micro.quick");
	}

	private static List<String> row(RunResult result) {
		Result<?> score = result.getPrimaryResult();
		return List.of(label(result), "%.0f ± %.0f".formatted(score.getScore(), score.getScoreError()),
				"%.0f".formatted(bytes(result)));
	}

	private static String label(RunResult result) {
		StringBuilder label = new StringBuilder(result.getPrimaryResult().getLabel());
		result.getParams()
			.getParamsKeys()
			.forEach((name) -> label.append(", ").append(name).append(' ').append(result.getParams().getParam(name)));
		return label.toString();
	}

}
