package io.github.cftracker.benchmarks.load;

import io.github.cftracker.benchmarks.measure.RedisProbe;

/**
 * What a Redis server has done since it started.
 *
 * @param commands how many commands it has handled, those of scripts included
 * @param processorTime its processor time, in µs
 * @param at when that was, in {@link System#nanoTime()}
 */
record RedisUsage(long commands, double processorTime, long at) {

	/**
	 * Asks it.
	 */
	static RedisUsage of(RedisProbe redis) {
		String info = redis.commands().info("all");
		long commands = 0;
		double processorTime = 0;
		for (String line : info.lines().toList()) {
			if (line.startsWith("cmdstat_")) {
				int calls = line.indexOf("calls=") + "calls=".length();
				commands += Long.parseLong(line.substring(calls, line.indexOf(',', calls)));
			}
			else if (line.startsWith("used_cpu_user:") || line.startsWith("used_cpu_sys:")) {
				processorTime += 1e6 * Double.parseDouble(line.substring(line.indexOf(':') + 1));
			}
		}
		return new RedisUsage(commands, processorTime, System.nanoTime());
	}

	/**
	 * What it has done since another time, apart from telling it that time.
	 */
	RedisUsage since(RedisUsage other) {
		return new RedisUsage(this.commands - other.commands - 1, this.processorTime - other.processorTime,
				this.at - other.at);
	}

	double seconds() {
		return this.at / 1e9;
	}

}
