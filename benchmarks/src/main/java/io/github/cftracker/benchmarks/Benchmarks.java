package io.github.cftracker.benchmarks;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

import io.github.cftracker.benchmarks.alternatives.Alternatives;
import io.github.cftracker.benchmarks.flush.Flush;
import io.github.cftracker.benchmarks.load.LoadComparison;
import io.github.cftracker.benchmarks.load.RedisCost;
import io.github.cftracker.benchmarks.load.StartUp;
import io.github.cftracker.benchmarks.micro.Micro;
import io.github.cftracker.benchmarks.million.Million;
import io.github.cftracker.benchmarks.nodes.Nodes;
import io.github.cftracker.benchmarks.soak.Soak;

/**
 * Runs one benchmark and writes what was seen to a Markdown file.
 */
public final class Benchmarks {

	private static final Map<String, Benchmark> BY_NAME = new LinkedHashMap<>();

	static {
		BY_NAME.put("request-path", Micro::requestPath);
		BY_NAME.put("paths", Micro::paths);
		BY_NAME.put("load", LoadComparison::measure);
		BY_NAME.put("redis-cost", RedisCost::measure);
		BY_NAME.put("start-up", StartUp::measure);
		BY_NAME.put("flush", Flush::measure);
		BY_NAME.put("million", Million::measure);
		BY_NAME.put("nodes", Nodes::measure);
		BY_NAME.put("alternatives", Alternatives::measure);
		BY_NAME.put("soak", Soak::measure);
	}

	private Benchmarks() {
	}

	/**
	 * Runs a benchmark.
	 * @param args its name, and the directory to write to
	 * @throws Exception if it could not be measured
	 */
	public static void main(String[] args) throws Exception {
		String name = (args.length > 0) ? args[0] : "";
		Benchmark benchmark = BY_NAME.get(name);
		if (benchmark == null) {
			throw new IllegalArgumentException(
					"'%s' is not a benchmark, use one of %s".formatted(name, BY_NAME.keySet()));
		}
		Report report = new Report(name);
		benchmark.run(report);
		report.write(Path.of((args.length > 1) ? args[1] : "target/benchmarks"));
	}

}
