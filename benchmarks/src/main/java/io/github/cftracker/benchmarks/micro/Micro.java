package io.github.cftracker.benchmarks.micro;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

import io.github.cftracker.benchmarks.Report;
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

	private Micro() {
	}

	/**
	 * Measures what a request is held up for, with one thread and with two.
	 * @param report told what was seen
	 * @throws RunnerException if it could not be measured
	 */
	public static void requestPath(Report report) throws RunnerException {
		List<List<String>> rows = new ArrayList<>();
		for (int threads : new int[] { 1, 2 }) {
			Collection<RunResult> results = new Runner(
					options(RequestPathBenchmark.class, TimeValue.seconds(1)).threads(threads).build())
				.run();
			double floor = results.stream()
				.filter((result) -> "floor".equals(label(result)))
				.mapToDouble((result) -> result.getPrimaryResult().getScore())
				.findFirst()
				.orElse(Double.NaN);
			for (RunResult result : results) {
				List<String> row = new ArrayList<>(row(result));
				row.add(1, Integer.toString(threads));
				row.add("%.2f".formatted(result.getPrimaryResult().getScore() / floor));
				rows.add(row);
			}
		}
		report.add(List.of("a request", "threads", "ns", "bytes", "times the floor"), rows);
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
		boolean quick = Boolean.getBoolean("micro.quick");
		return new OptionsBuilder().include(benchmark.getName() + "\\.")
			.forks(quick ? 0 : 5)
			.warmupIterations(quick ? 1 : 5)
			.warmupTime(quick ? TimeValue.milliseconds(10) : time)
			.measurementIterations(quick ? 1 : 3)
			.measurementTime(quick ? TimeValue.milliseconds(10) : time)
			.addProfiler(GCProfiler.class);
	}

	private static List<String> row(RunResult result) {
		Result<?> score = result.getPrimaryResult();
		return List.of(label(result), "%.0f ± %.0f".formatted(score.getScore(), score.getScoreError()),
				"%.0f".formatted(Objects.requireNonNull(result.getSecondaryResults().get(ALLOCATED)).getScore()));
	}

	private static String label(RunResult result) {
		StringBuilder label = new StringBuilder(result.getPrimaryResult().getLabel());
		result.getParams()
			.getParamsKeys()
			.forEach((name) -> label.append(", ").append(name).append(' ').append(result.getParams().getParam(name)));
		return label.toString();
	}

}
