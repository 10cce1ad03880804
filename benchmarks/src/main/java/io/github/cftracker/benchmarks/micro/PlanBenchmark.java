package io.github.cftracker.benchmarks.micro;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.github.cftracker.benchmarks.PathSamples;
import io.github.cftracker.distribution.WildcardSafety;
import io.github.cftracker.plan.Plan;
import io.github.cftracker.plan.Planner;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * What a plan costs for each path that is selected.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Benchmark)
public class PlanBenchmark {

	private static final int PATHS = 100_000;

	/**
	 * How many items are aimed at, 0 for every path exact.
	 */
	@Param({ "0", "1000" })
	public int maxPaths;

	private final List<String> paths = IntStream.range(0, PATHS).mapToObj(PathSamples::path).toList();

	private final List<String> others = IntStream.range(0, PATHS / 10)
		.mapToObj((number) -> PathSamples.path(number * 10) + "&sort=price")
		.toList();

	/**
	 * Plans all of the paths, while some others must not be covered.
	 * @return the plan
	 */
	@Benchmark
	@OperationsPerInvocation(PATHS)
	public Plan plan() {
		return new Planner(new WildcardSafety(List.of(), null), this.maxPaths, 1000).plan(this.paths::forEach,
				this.others::forEach);
	}

}
