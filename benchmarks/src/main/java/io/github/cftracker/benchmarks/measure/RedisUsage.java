package io.github.cftracker.benchmarks.measure;

/**
 * What a Redis server has done since it started.
 *
 * @param commands how many commands it has handled, those of scripts included
 * @param processorTime its processor time, in µs
 * @param at when that was, in {@link System#nanoTime()}
 */
public record RedisUsage(long commands, double processorTime, long at) {

	/**
	 * Ask a server.
	 * @param redis the server
	 * @return what it has done until now
	 */
	public static RedisUsage of(RedisProbe redis) {
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
	 * Return what it has done since another time, apart from reporting that.
	 * @param other what it had done then
	 * @return the difference
	 */
	public RedisUsage since(RedisUsage other) {
		return new RedisUsage(this.commands - other.commands - 1, this.processorTime - other.processorTime,
				this.at - other.at);
	}

	/**
	 * Return the time.
	 * @return seconds
	 */
	public double seconds() {
		return this.at / 1e9;
	}

}
