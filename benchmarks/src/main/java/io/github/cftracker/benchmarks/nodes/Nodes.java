package io.github.cftracker.benchmarks.nodes;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

import io.github.cftracker.benchmarks.Report;
import io.github.cftracker.benchmarks.measure.ChildJvm;
import io.github.cftracker.benchmarks.measure.CommandTimes;
import io.github.cftracker.benchmarks.measure.Pause;
import io.github.cftracker.benchmarks.measure.RedisProbe;
import io.github.cftracker.benchmarks.measure.RedisUsage;
import io.github.cftracker.benchmarks.measure.TrackedPaths;
import io.github.cftracker.testing.TestRedis;
import org.HdrHistogram.Histogram;

/**
 * Measures what many nodes with many requests leave of one Redis server: how busy it is,
 * and how long the store takes to answer an operator meanwhile.
 */
public final class Nodes {

	private static final int PATHS = 100_000;

	private static final int LISTED = 100;

	/**
	 * So seldom that the operator's calls do not count.
	 */
	private static final Duration PAUSE = Duration.ofMillis(100);

	private static final double ENOUGH = 0.98;

	private final List<List<String>> rows = new ArrayList<>();

	private final int nodes;

	private final Duration time;

	private Nodes(int nodes, Duration time) {
		this.nodes = nodes;
		this.time = time;
	}

	/**
	 * Runs the benchmark, with {@code nodes.count} nodes at {@code nodes.rate} requests a
	 * second each, for twice {@code nodes.seconds}.
	 * @param report told what was seen
	 */
	public static void measure(Report report) {
		measure(report, Integer.getInteger("nodes.count", 50), Integer.getInteger("nodes.rate", 2000),
				Duration.ofSeconds(Integer.getInteger("nodes.seconds", 30)));
	}

	static void measure(Report report, int nodes, double rate, Duration time) {
		new Nodes(nodes, time).measure(report, rate);
	}

	private void measure(Report report, double rate) {
		CommandTimes commands;
		try (TestRedis redis = TestRedis.startInstalled();
				RedisProbe probe = new RedisProbe(redis.url());
				TrackedPaths operator = new TrackedPaths(redis.url());
				ChildJvm process = NodesMain.start(redis.url(), this.nodes, PATHS)) {
			observe(probe, operator, process, 0);
			feed(process, rate);
			CommandTimes before = CommandTimes.of(probe);
			double fed = observe(probe, operator, process, rate);
			commands = CommandTimes.of(probe).since(before);
			if (fed < ENOUGH * rate) {
				observe(probe, operator, process, Math.floor(0.7 * fed / 100) * 100);
			}
		}
		report.add("""
				%d nodes in one process, each with its own connection, and %,d paths distributed by Zipf's law. The \
				responses are fed without HTTP. %d s each, after as long a time that does not count. Commands include \
				those within scripts. The processes share the processors.""".formatted(this.nodes, PATHS,
				this.time.toSeconds()));
		report.add(List.of("requests/s per node", "requests/s fed in total", "paths written/s",
				"processors used by the nodes", "Redis busy", "commands/s", "count p50 / p99 / max, ms",
				"list of %d p50 / p99 / max, ms".formatted(LISTED)), this.rows);
		report.add("Redis' time by command at %,.0f requests/s per node. `evalsha` includes what scripts call:"
			.formatted(rate));
		commands.addTo(report);
	}

	private double observe(RedisProbe probe, TrackedPaths operator, ChildJvm process, double rate) {
		RedisUsage before = RedisUsage.of(probe);
		CompletableFuture<Fed> feeding = CompletableFuture.supplyAsync(() -> feed(process, rate));
		Histogram count = new Histogram(3);
		Histogram list = new Histogram(3);
		while (!feeding.isDone()) {
			time(count, () -> operator.store().count());
			time(list, () -> operator.store().scan("/", LISTED));
			Pause.of(PAUSE);
		}
		Fed fed = feeding.join();
		RedisUsage used = RedisUsage.of(probe).since(before);
		this.rows.add(List.of(format("%,.0f", rate), format("%,.0f", fed.perSecond()),
				format("%,.0f", fed.written() / fed.seconds()), format("%.2f", fed.processorSeconds() / fed.seconds()),
				format("%.1f %%", used.processorTime() / used.seconds() / 1e4),
				format("%,.0f", used.commands() / used.seconds()), percentiles(count), percentiles(list)));
		return fed.perSecond() / this.nodes;
	}

	private Fed feed(ChildJvm process, double rate) {
		long start = System.nanoTime();
		String[] values = process.ask("%s %d".formatted(rate, this.time.toMillis())).split(" ", -1);
		return new Fed(Long.parseLong(values[0]), Long.parseLong(values[1]), Long.parseLong(values[2]) / 1e9,
				(System.nanoTime() - start) / 1e9);
	}

	private static void time(Histogram histogram, Runnable action) {
		long start = System.nanoTime();
		action.run();
		histogram.recordValue(System.nanoTime() - start);
	}

	private static String percentiles(Histogram histogram) {
		return format("%.1f / %.1f / %.1f", histogram.getValueAtPercentile(50) / 1e6,
				histogram.getValueAtPercentile(99) / 1e6, histogram.getMaxValue() / 1e6);
	}

	private static String format(String format, Object... values) {
		return String.format(Locale.ROOT, format, values);
	}

	/**
	 * What was fed to all nodes.
	 */
	private record Fed(long responses, long written, double processorSeconds, double seconds) {

		double perSecond() {
			return this.responses / this.seconds;
		}

	}

}
