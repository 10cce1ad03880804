package io.github.cftracker.benchmarks.million;

import java.io.IOException;

import io.github.cftracker.benchmarks.measure.ChildJvm;
import io.github.cftracker.benchmarks.measure.CloudFrontMain.Books;
import io.github.cftracker.benchmarks.measure.RedisProbe;
import io.github.cftracker.benchmarks.measure.TrackedPaths;
import io.github.cftracker.testing.TestRedis;

/**
 * Runs over everything, each in an application that has just started and has sent a small
 * one before: what AWS' SDK needs once is no matter of how many paths there are.
 */
final class Runs {

	private static final int FEW = 3000;

	private final TestRedis redis;

	private final RedisProbe probe;

	private final TrackedPaths paths;

	private final ChildJvm cloudFront;

	private final String endpoint;

	Runs(TestRedis redis, RedisProbe probe, TrackedPaths paths, ChildJvm cloudFront) {
		this.redis = redis;
		this.probe = probe;
		this.paths = paths;
		this.cloudFront = cloudFront;
		this.endpoint = cloudFront.ask("endpoint");
	}

	/**
	 * Tracks paths and invalidates them.
	 * @param count how many
	 * @param batchSize items per call
	 * @param heapMegabytes what the application may use
	 * @param interval how often to look at its heap, in ms, 0 for never
	 */
	Finished run(int count, int batchSize, int heapMegabytes, long interval) throws IOException {
		try (ChildJvm application = InvalidatingMain.start(this.redis.url(), this.endpoint, batchSize, heapMegabytes)) {
			this.paths.track(FEW);
			InvalidatedRun.of(application, 0);
			this.cloudFront.ask("clear");
			this.paths.track(count);
			long idle = Long.parseLong(application.ask("alive"));
			this.probe.commands().configResetstat();
			InvalidatedRun[] run = new InvalidatedRun[1];
			Beside beside = Beside.during("a run over %,d paths, %,d per batch".formatted(count, batchSize), this.redis,
					this.probe, () -> run[0] = InvalidatedRun.of(application, interval));
			double redisSeconds = this.probe.micros("evalsha") / 1e6;
			Books books = Books.of(this.cloudFront);
			if (books.items() != count || books.paths() != count || run[0].items() != count) {
				throw new IllegalStateException("Expected %d paths, but found: %s, %s".formatted(count, run[0], books));
			}
			this.cloudFront.ask("clear");
			return new Finished(batchSize, heapMegabytes, idle, run[0], books, redisSeconds, beside);
		}
	}

	/**
	 * What was seen of a run.
	 *
	 * @param batchSize items per call
	 * @param heapMegabytes what the application could use
	 * @param idle what was alive in its heap before, in bytes
	 * @param run as the application saw it
	 * @param books as CloudFront saw it
	 * @param redisSeconds how long Redis was busy with scripts
	 * @param beside what other clients of Redis saw
	 */
	record Finished(int batchSize, int heapMegabytes, long idle, InvalidatedRun run, Books books, double redisSeconds,
			Beside beside) {

	}

}
