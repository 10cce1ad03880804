package io.github.cftracker.benchmarks.measure;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.cftracker.benchmarks.Report;

/**
 * The time that a Redis server has spent on each command.
 *
 * @param calls how often each command was called
 * @param micros how long that took, in µs
 * @param at when that was, in {@link System#nanoTime()}
 */
public record CommandTimes(Map<String, Long> calls, Map<String, Long> micros, long at) {

	private static final Pattern STAT = Pattern.compile("cmdstat_([^:]+):calls=(\\d+),usec=(\\d+)");

	private static final int ROWS = 6;

	/**
	 * Ask a server.
	 * @param redis the server
	 * @return what it has done until now
	 */
	public static CommandTimes of(RedisProbe redis) {
		Map<String, Long> calls = new HashMap<>();
		Map<String, Long> micros = new HashMap<>();
		Matcher stat = STAT.matcher(redis.commands().info("commandstats"));
		while (stat.find()) {
			calls.put(stat.group(1), Long.parseLong(stat.group(2)));
			micros.put(stat.group(1), Long.parseLong(stat.group(3)));
		}
		return new CommandTimes(calls, micros, System.nanoTime());
	}

	/**
	 * Return what it has done since another time.
	 * @param other what it had done then
	 * @return the difference
	 */
	public CommandTimes since(CommandTimes other) {
		return new CommandTimes(difference(this.calls, other.calls), difference(this.micros, other.micros),
				this.at - other.at);
	}

	private static Map<String, Long> difference(Map<String, Long> values, Map<String, Long> others) {
		Map<String, Long> difference = new HashMap<>(values);
		others.forEach((command, other) -> difference.merge(command, -other, Long::sum));
		return difference;
	}

	/**
	 * Add the commands that took most of the time.
	 * @param report where to
	 */
	public void addTo(Report report) {
		double seconds = this.at / 1e9;
		report.add(List.of("command", "calls/s", "µs per call", "Redis busy"),
				this.micros.entrySet()
					.stream()
					.sorted(Map.Entry.<String, Long>comparingByValue().reversed())
					.limit(ROWS)
					.map((command) -> row(command.getKey(), this.calls.getOrDefault(command.getKey(), 0L),
							command.getValue(), seconds))
					.toList());
	}

	private static List<String> row(String command, long calls, long micros, double seconds) {
		return List.of(command, String.format(Locale.ROOT, "%,.0f", calls / seconds),
				String.format(Locale.ROOT, "%.1f", micros / (double) Math.max(1, calls)),
				String.format(Locale.ROOT, "%.1f %%", micros / seconds / 1e4));
	}

}
