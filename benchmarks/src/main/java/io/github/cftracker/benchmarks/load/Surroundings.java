package io.github.cftracker.benchmarks.load;

import java.time.Duration;

import io.github.cftracker.benchmarks.measure.RedisProbe;
import io.github.cftracker.test.LocalCloudFront;
import io.github.cftracker.testing.TestRedis;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * What an application has around it: a Redis that nobody else writes to, and a
 * distribution.
 */
final class Surroundings implements AutoCloseable {

	private static final Duration READING_TIMEOUT = Duration.ofSeconds(30);

	private final LocalCloudFront cloudFront = LocalCloudFront.builder().start();

	private final TestRedis redis = TestRedis.startInstalled();

	TestRedis redis() {
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
		try {
			Awaitility.await()
				.atMost(READING_TIMEOUT)
				.until(() -> this.cloudFront.calls()
					.stream()
					.anyMatch((call) -> call.operation().equals("GetCachePolicy")));
		}
		catch (ConditionTimeoutException ex) {
			throw new IllegalStateException(
					"The starter did not read the distribution, but called " + this.cloudFront.calls(), ex);
		}
	}

	/**
	 * How many paths an application has written to Redis.
	 */
	long written(Variant variant) {
		try (RedisProbe probe = new RedisProbe(this.redis.url())) {
			return variant.written(probe.commands(), this);
		}
	}

	@Override
	public void close() {
		this.redis.close();
		this.cloudFront.close();
	}

}
