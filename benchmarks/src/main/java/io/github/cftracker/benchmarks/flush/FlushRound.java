package io.github.cftracker.benchmarks.flush;

import java.util.Set;

import io.github.cftracker.benchmarks.measure.RedisProbe;
import io.github.cftracker.recording.PathRecorder;

/**
 * Flushes so many distinct paths at once, as the starter does.
 */
final class FlushRound {

	private final PathRecorder recorder;

	private final RedisProbe redis;

	private final int numbers;

	FlushRound(PathRecorder recorder, RedisProbe redis, int numbers) {
		this.recorder = recorder;
		this.redis = redis;
		this.numbers = numbers;
	}

	int size() {
		return this.numbers * FlushedPaths.PAGES;
	}

	/**
	 * Flushes all paths, each of a thousand pages in one command: a command in which a
	 * path comes twice is another one to Redis.
	 * @return how long it took
	 */
	Timed flush() {
		double before = this.redis.micros("evalsha");
		long nanos = 0;
		for (int i = 0; i < this.numbers; i++) {
			for (int page = 0; page < FlushedPaths.PAGES; page++) {
				this.recorder.track(FlushedPaths.path(page, i), FlushedPaths.lifetime(page), System.nanoTime(),
						FlushedPaths.ROUTE, Set.of());
			}
			long start = System.nanoTime();
			this.recorder.flush();
			nanos += System.nanoTime() - start;
		}
		return new Timed(size() * 1e9 / nanos, (this.redis.micros("evalsha") - before) / size());
	}

	/**
	 * How fast it was.
	 *
	 * @param perSecond paths per second
	 * @param redisMicros the time that Redis spent on each of them
	 */
	record Timed(double perSecond, double redisMicros) {

	}

}
