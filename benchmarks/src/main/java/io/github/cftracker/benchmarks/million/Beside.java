package io.github.cftracker.benchmarks.million;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

import io.github.cftracker.benchmarks.measure.Latency;
import io.github.cftracker.benchmarks.measure.RedisProbe;
import io.github.cftracker.testing.TestRedis;

/**
 * How long other clients of the server wait while something happens.
 *
 * @param what what happens
 * @param seconds how long it takes
 * @param ping how long {@code PING} takes meanwhile
 * @param get how long {@code GET} takes meanwhile
 * @param longestMillis the time inside Redis of the longest command or script
 */
record Beside(String what, double seconds, Latency.Seen ping, Latency.Seen get, double longestMillis) {

	static final List<String> HEADER = List.of("operation", "seconds", "PING p50 / p99.9 / max, ms",
			"GET p50 / p99.9 / max, ms", "longest command inside Redis, ms");

	private static final String OTHER_KEY = "another-application";

	private static final int DURATION = 2;

	static Beside during(String what, TestRedis redis, RedisProbe probe, Runnable action) throws IOException {
		probe.commands().configSet("slowlog-log-slower-than", "100");
		probe.commands().configSet("slowlog-max-len", "20000");
		probe.commands().set(OTHER_KEY, "1");
		probe.commands().slowlogReset();
		try (Latency ping = new Latency(redis.port(), "PING");
				Latency get = new Latency(redis.port(), "GET " + OTHER_KEY)) {
			long start = System.nanoTime();
			action.run();
			double seconds = (System.nanoTime() - start) / 1e9;
			return new Beside(what, seconds, ping.stop(), get.stop(), longest(probe) / 1000.0);
		}
		finally {
			// What it logs takes memory, which is measured too
			probe.commands().configSet("slowlog-log-slower-than", "-1");
			probe.commands().slowlogReset();
		}
	}

	private static long longest(RedisProbe probe) {
		return probe.commands()
			.slowlogGet(-1)
			.stream()
			.mapToLong((entry) -> (Long) ((List<?>) entry).get(DURATION))
			.max()
			.orElse(0);
	}

	List<String> row() {
		return List.of(this.what, String.format(Locale.ROOT, "%.1f", this.seconds), this.ping.toString(),
				this.get.toString(), String.format(Locale.ROOT, "%.1f", this.longestMillis));
	}

}
