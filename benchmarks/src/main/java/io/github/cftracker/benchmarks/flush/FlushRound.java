package io.github.cftracker.benchmarks.flush;

import java.util.Set;

import io.github.cftracker.benchmarks.measure.RedisProbe;
import io.github.cftracker.tracking.PathRecorder;

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
	 * Flushes the first path alone.
	 */
	void flushOne() {
		this.recorder.track(FlushedPaths.path(0, 0));
		this.recorder.flush();
	}

	/**
	 * Flushes all paths.
	 * @return how long it took
	 */
	Timed flush() {
		for (int i = 0; i < this.numbers; i++) {
			for (int page = 0; page < FlushedPaths.PAGES; page++) {
				this.recorder.track(FlushedPaths.path(page, i), FlushedPaths.lifetime(page), System.nanoTime(),
						FlushedPaths.ROUTE, Set.of());
			}
		}
		long before = this.redis.micros("evalsha");
		long start = System.nanoTime();
		this.recorder.flush();
		long nanos = System.nanoTime() - start;
		return new Timed(size() * 1e9 / nanos, (this.redis.micros("evalsha") - before) / (double) size());
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
