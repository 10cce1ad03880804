package io.github.cftracker.benchmarks.flush;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.github.cftracker.testing.TestRedis;

/**
 * Redis' own {@code redis-benchmark}, from the path.
 */
final class RedisBenchmark {

	private static final Pattern PER_SECOND = Pattern.compile("([0-9.]+) requests per second");

	private static final String NAME = "redis-benchmark";

	private final TestRedis redis;

	private final List<String> command;

	RedisBenchmark(TestRedis redis, List<String> command) {
		this.redis = redis;
		this.command = command;
	}

	static boolean isInstalled() {
		return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
			.anyMatch((directory) -> Files.isExecutable(Path.of(directory, NAME)));
	}

	/**
	 * Sends the command.
	 * @param times how often
	 * @param clients by how many clients
	 * @param numbers how many random numbers there are
	 * @return how often per second
	 */
	double perSecond(int times, int clients, int numbers) throws IOException, InterruptedException {
		List<String> line = new ArrayList<>(List.of(NAME, "-p", Integer.toString(this.redis.port()), "-q", "-n",
				Integer.toString(times), "-c", Integer.toString(clients), "-r", Integer.toString(numbers)));
		line.addAll(this.command);
		Process process = new ProcessBuilder(line).redirectError(ProcessBuilder.Redirect.DISCARD).start();
		try {
			String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			if (process.waitFor() != 0) {
				throw new IllegalStateException("redis-benchmark exited with code " + process.exitValue());
			}
			Matcher matcher = PER_SECOND.matcher(output);
			if (!matcher.find()) {
				throw new IllegalStateException("redis-benchmark did not report a rate");
			}
			return Double.parseDouble(matcher.group(1));
		}
		finally {
			process.destroyForcibly();
		}
	}

}
