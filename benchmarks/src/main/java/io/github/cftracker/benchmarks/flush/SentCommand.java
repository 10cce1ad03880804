package io.github.cftracker.benchmarks.flush;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.cftracker.benchmarks.measure.RedisMonitor;
import io.github.cftracker.testing.TestRedis;

/**
 * A command that the starter has sent, as Redis saw it.
 */
final class SentCommand {

	/**
	 * None of ours has a quotation mark in it.
	 */
	private static final Pattern ARGUMENT = Pattern.compile("\"([^\"]*)\"");

	private static final Pattern EVALSHA = Pattern.compile("\\] \"(?i:evalsha)\" ");

	private static final Pattern NUMBER = Pattern.compile("-\\d{12}/");

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private SentCommand() {
	}

	/**
	 * Catches the first script with so many arguments.
	 * @param redis the server
	 * @param arguments how many it has at least
	 * @param action has the command sent
	 * @return the command and its arguments
	 */
	static List<String> during(TestRedis redis, int arguments, Runnable action) throws IOException {
		try (RedisMonitor monitor = new RedisMonitor(redis)) {
			action.run();
			List<String> command = List.of();
			long end = System.nanoTime() + TIMEOUT.toNanos();
			while (command.size() < arguments) {
				// Other commands come all the time
				if (System.nanoTime() - end > 0) {
					throw new IOException("No script was called with %d arguments".formatted(arguments));
				}
				String line = monitor.next();
				command = EVALSHA.matcher(line).find() ? arguments(line) : List.of();
			}
			return command;
		}
	}

	private static List<String> arguments(String line) {
		List<String> arguments = new ArrayList<>();
		Matcher matcher = ARGUMENT.matcher(line);
		while (matcher.find()) {
			arguments.add(matcher.group(1));
		}
		return arguments;
	}

	/**
	 * Lets {@code redis-benchmark} choose the numbers in the paths.
	 */
	static List<String> withRandomNumbers(List<String> command) {
		return command.stream().map((argument) -> NUMBER.matcher(argument).replaceFirst("-__rand_int__/")).toList();
	}

}
