package io.github.cftracker.benchmarks.flush;

import java.util.List;

import io.github.cftracker.benchmarks.Report;
import io.github.cftracker.benchmarks.flush.FlushRound.Timed;
import io.github.cftracker.benchmarks.measure.Application;
import io.github.cftracker.benchmarks.measure.RedisProbe;
import io.github.cftracker.recording.PathRecorder;
import io.github.cftracker.testing.TestRedis;

import org.springframework.context.ConfigurableApplicationContext;

/**
 * Measures how fast a flush writes, beside {@code redis-benchmark} with the same command
 * on the same server. By turns, because the machine is not the same from one minute to
 * the next.
 */
public final class Flush {

	private static final String PATHS = "cf-tracker:{" + Application.DISTRIBUTION_ID + "}:paths";

	/**
	 * Tells nodes that what they know to be tracked may be so no longer.
	 */
	private static final String REMOVED = "cf-tracker:{" + Application.DISTRIBUTION_ID + "}:removed";

	/**
	 * So many arguments has a command that tracks a thousand paths.
	 */
	private static final int ARGUMENTS = 1000;

	private static final int MANY_CLIENTS = 50;

	private static final int ANY_NUMBER = 1_000_000_000;

	private final FlushResults results = new FlushResults();

	private final TestRedis redis;

	private final RedisProbe probe;

	private final FlushRound round;

	private final int numbers;

	private Flush(TestRedis redis, RedisProbe probe, PathRecorder recorder, int numbers) {
		this.redis = redis;
		this.probe = probe;
		this.numbers = numbers;
		this.round = new FlushRound(recorder, probe, numbers);
	}

	/**
	 * Flushes {@code flush.paths} paths {@code flush.rounds} times, after as many times
	 * that do not count.
	 * @param report told what was seen
	 * @throws Exception if it could not be measured
	 */
	public static void measure(Report report) throws Exception {
		measure(report, Integer.getInteger("flush.paths", 100_000), Integer.getInteger("flush.rounds", 9));
	}

	static void measure(Report report, int paths, int rounds) throws Exception {
		int numbers = Math.max(1, paths / FlushedPaths.PAGES);
		try (TestRedis redis = TestRedis.startInstalled();
				RedisProbe probe = new RedisProbe(redis.url());
				ConfigurableApplicationContext context = Application.withoutPages("cf.tracker.redis-url=" + redis.url(),
						"cf.tracker.tracking.flush-interval=24h",
						"cf.tracker.tracking.max-pending=" + Math.max(100_000, numbers * FlushedPaths.PAGES))) {
			new Flush(redis, probe, context.getBean(PathRecorder.class), numbers).measure(report, rounds);
		}
	}

	private void measure(Report report, int rounds) throws Exception {
		List<String> command = SentCommand.withRandomNumbers(SentCommand.during(this.redis, ARGUMENTS, this::flushNew));
		for (int i = 0; i < rounds; i++) {
			flushNew();
			flushRenewed();
		}
		for (int i = 0; i < rounds; i++) {
			this.results.add("new", flushNew());
			if (RedisBenchmark.isInstalled()) {
				this.results.add("new", 1, beside(command, 1, ANY_NUMBER));
				this.results.add("new", MANY_CLIENTS, beside(command, MANY_CLIENTS, ANY_NUMBER));
			}
			this.results.add("renewed", flushRenewed());
			if (RedisBenchmark.isInstalled()) {
				this.results.add("renewed", 1, beside(command, 1, this.numbers));
				this.results.add("renewed", MANY_CLIENTS, beside(command, MANY_CLIENTS, this.numbers));
			}
		}
		report.add("%,d paths, %d rounds, 1,000 paths per command, one command at a time.".formatted(this.round.size(),
				rounds));
		if (!RedisBenchmark.isInstalled()) {
			report.add("No comparison: redis-benchmark is not on the path.");
		}
		this.results.addTo(report);
	}

	private Timed flushNew() {
		this.probe.commands().unlink(PATHS);
		forget();
		return checked(this.round.flush());
	}

	private Timed flushRenewed() {
		flushNew();
		forget();
		return checked(this.round.flush());
	}

	/**
	 * Has all paths written again, although they were written a moment ago.
	 */
	private void forget() {
		this.probe.commands().incr(REMOVED);
	}

	private Timed checked(Timed timed) {
		checkSize(this.round.size());
		return timed;
	}

	private Timed beside(List<String> command, int clients, int numbers) throws Exception {
		if (numbers == ANY_NUMBER) {
			this.probe.commands().unlink(PATHS);
		}
		long before = this.probe.micros("evalsha");
		double perSecond = new RedisBenchmark(this.redis, command).perSecond(this.numbers, clients, numbers);
		double micros = (this.probe.micros("evalsha") - before) / (double) this.round.size();
		// A few random numbers come twice
		checkSize(this.round.size() * 999L / 1000);
		return new Timed(perSecond * FlushedPaths.PAGES, micros);
	}

	private void checkSize(long atLeast) {
		long size = this.probe.commands().zcard(PATHS);
		if (size < atLeast || size > this.round.size()) {
			throw new IllegalStateException("Redis holds %d of %d paths".formatted(size, this.round.size()));
		}
	}

}
