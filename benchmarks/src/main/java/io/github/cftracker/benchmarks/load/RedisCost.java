package io.github.cftracker.benchmarks.load;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;

import io.github.cftracker.benchmarks.Report;
import io.github.cftracker.benchmarks.measure.Pause;
import io.github.cftracker.benchmarks.measure.RedisProbe;
import io.github.cftracker.benchmarks.measure.RedisUsage;

/**
 * Measures what Redis has to do for each request: the commands it handles and the time
 * that they take it.
 */
public final class RedisCost {

	private static final int PATHS = 1000;

	private static final double RATE = 2000;

	/**
	 * What is counted by watching takes less time: every second is like the others.
	 */
	private static final int MONITORED = 3;

	private final Effort effort;

	private final Comparison idle = comparison();

	private final List<Kind> kinds;

	private RedisCost(Effort effort) {
		this.effort = effort;
		Requests zipf = Requests.zipf(PATHS);
		this.kinds = List.of(
				new Kind("%,.0f requests/s, paths distributed by Zipf's law:".formatted(RATE), zipf, RATE,
						comparison()),
				new Kind("%,.0f requests/s, paths in sequence, so that few repeat between two flushes:".formatted(RATE),
						Requests.inTurn(PATHS), RATE, comparison()),
				new Kind("Full speed, paths distributed by Zipf's law:", zipf, 0, comparison()));
	}

	private static Comparison comparison() {
		return new Comparison(Variant.NAIVE, Variant.STARTER);
	}

	/**
	 * Runs the benchmark. The system properties {@code redis-cost.rounds} and
	 * {@code redis-cost.seconds} make it shorter.
	 * @param report told what was seen
	 * @throws IOException if an application or Redis does not answer
	 * @throws InterruptedException if the thread was interrupted
	 * @throws ExecutionException if an application answers with an error
	 */
	public static void measure(Report report) throws IOException, InterruptedException, ExecutionException {
		measure(report, Effort.of("redis-cost", 3, 10));
	}

	static void measure(Report report, Effort effort) throws IOException, InterruptedException, ExecutionException {
		new RedisCost(effort).run(report);
	}

	private void run(Report report) throws IOException, InterruptedException, ExecutionException {
		try (Subjects subjects = new Subjects(this.idle.variants(), Page.CHEAP, Requests.zipf(PATHS))) {
			for (Subject subject : subjects) {
				subject.load().atFullSpeed(this.effort.time());
			}
			for (int round = 0; round < this.effort.rounds(); round++) {
				for (Subject subject : subjects) {
					measure(subject);
				}
			}
			describe(report);
			this.idle.addTo(report);
			for (Kind kind : this.kinds) {
				report.add(kind.name());
				kind.comparison().addTo(report);
			}
			report.add(subjects.written());
		}
	}

	private void measure(Subject subject) throws IOException, InterruptedException, ExecutionException {
		try (RedisProbe redis = new RedisProbe(subject.redis().url())) {
			subject.awaitFlush();
			RedisUsage before = RedisUsage.of(redis);
			Pause.of(this.effort.time());
			RedisUsage idle = RedisUsage.of(redis).since(before);
			double idlePerSecond = idle.processorTime() / idle.seconds();
			this.idle.add("commands/s without requests", subject.variant(), idle.commands() / idle.seconds());
			this.idle.add("processor time of Redis without requests, ms/s", subject.variant(), idlePerSecond / 1e3);
			for (Kind kind : this.kinds) {
				time(subject, kind, redis, idlePerSecond);
				count(subject, kind, redis);
			}
		}
	}

	private void time(Subject subject, Kind kind, RedisProbe redis, double idlePerSecond)
			throws InterruptedException, ExecutionException {
		RedisUsage before = RedisUsage.of(redis);
		LoadResult result = kind.load(subject, this.effort.time());
		subject.awaitFlush();
		RedisUsage used = RedisUsage.of(redis).since(before);
		Comparison comparison = kind.comparison();
		comparison.add("requests/s", subject.variant(), result.perSecond());
		comparison.add("processor time of Redis per request, µs", subject.variant(),
				(used.processorTime() - idlePerSecond * used.seconds()) / result.requests());
		comparison.add("all commands per 1,000 requests", subject.variant(),
				1000.0 * used.commands() / result.requests());
	}

	private void count(Subject subject, Kind kind, RedisProbe redis)
			throws IOException, InterruptedException, ExecutionException {
		try (CommandCounter counter = new CommandCounter(subject.redis(), redis)) {
			LoadResult result = kind.load(subject, this.effort.part(MONITORED));
			subject.awaitFlush();
			CommandCounter.Count count = counter.count();
			kind.comparison()
				.add("commands from clients per 1,000 requests", subject.variant(),
						1000.0 * count.byClients() / result.requests());
			kind.comparison()
				.add("commands from within scripts per 1,000 requests", subject.variant(),
						1000.0 * count.byScripts() / result.requests());
		}
	}

	private void describe(Report report) {
		report.add(
				"%,d distinct paths, one Redis without persistence per application. Rounds: %d, %.1f s per measurement."
					.formatted(PATHS, this.effort.rounds(), this.effort.seconds()));
		report
			.add("Processor time comes from `INFO cpu`, without the time that Redis uses when idle. All commands are the "
					+ "calls in `INFO commandstats` without our own `INFO`; they include calls from scripts and commands "
					+ "that the application sends when idle. `MONITOR` separates clients from scripts, in separate runs of a "
					+ "third of the time. Ratios compare the same round: median (smallest–largest).");
	}

	/**
	 * A kind of load.
	 */
	private record Kind(String name, Requests requests, double rate, Comparison comparison) {

		LoadResult load(Subject subject, Duration time) throws InterruptedException, ExecutionException {
			Load load = subject.load(this.requests);
			return (this.rate > 0) ? load.atRate(this.rate, time) : load.atFullSpeed(time);
		}

	}

}
