package io.github.cftracker.benchmarks.request;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;

import io.github.cftracker.benchmarks.Report;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Measures what a request is held up for.
 */
public final class RequestPath {

	private RequestPath() {
	}

	/**
	 * Runs the benchmark with one thread and with two.
	 * @param report told what was seen
	 * @throws RunnerException if it could not be measured
	 */
	public static void measure(Report report) throws RunnerException {
		List<List<String>> rows = new ArrayList<>();
		for (int threads : new int[] { 1, 2 }) {
			Collection<RunResult> results = new Runner(
					new OptionsBuilder().include(RequestPathBenchmark.class.getName())
						.threads(threads)
						.forks(3)
						.warmupIterations(5)
						.warmupTime(TimeValue.seconds(1))
						.measurementIterations(5)
						.measurementTime(TimeValue.seconds(1))
						.addProfiler(GCProfiler.class)
						.build())
				.run();
			for (RunResult result : results) {
				rows.add(List.of(result.getPrimaryResult().getLabel(), Integer.toString(threads),
						"%.0f ± %.0f".formatted(result.getPrimaryResult().getScore(),
								result.getPrimaryResult().getScoreError()),
						"%.0f".formatted(Objects.requireNonNull(result.getSecondaryResults().get("gc.alloc.rate.norm"))
							.getScore())));
			}
		}
		report.add(List.of("what", "threads", "ns", "bytes"), rows);
	}

}
