package io.github.cftracker.benchmarks.load;

import java.io.IOException;
import java.time.Duration;

import io.github.cftracker.benchmarks.RedisProcess;
import io.github.cftracker.test.LocalCloudFront;

/**
 * What an application has around it: a Redis that nobody else writes to, and a
 * distribution.
 */
final class Surroundings implements AutoCloseable {

	private static final Duration READING_TIMEOUT = Duration.ofSeconds(30);

	private static final Duration POLL = Duration.ofMillis(20);

	private final LocalCloudFront cloudFront = LocalCloudFront.builder().start();

	private final RedisProcess redis = RedisProcess.start();

	RedisProcess redis() {
		return this.redis;
	}

	LocalCloudFront cloudFront() {
		return this.cloudFront;
	}

	/**
	 * Returns when the starter has read the distribution's settings. Only then it does
	 * what it does from then on.
	 */
	void awaitReading() {
		long end = System.nanoTime() + READING_TIMEOUT.toNanos();
		while (this.cloudFront.calls().stream().noneMatch((call) -> call.operation().equals("GetCachePolicy"))) {
			if (System.nanoTime() - end > 0) {
				throw new IllegalStateException(
						"The starter did not read the distribution, but called " + this.cloudFront.calls());
			}
			Pause.of(POLL);
		}
	}

	/**
	 * How many paths an application has written to Redis.
	 */
	long written(Variant variant) throws IOException {
		try (RedisConnection connection = new RedisConnection(this.redis.port())) {
			return connection.number(variant.countingCommand(this));
		}
	}

	@Override
	public void close() {
		this.redis.close();
		this.cloudFront.close();
	}

}
