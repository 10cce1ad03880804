package io.github.cftracker.testing;

import java.io.IOException;
import java.util.List;

import redis.embedded.core.ExecutableProvider;

/**
 * The {@code redis-server} to start. {@code -Dtest.redis-server=redis-server} names
 * another.
 */
final class RedisExecutable {

	private static final String INSTALLED = "redis-server";

	/**
	 * The embedded server, which is the same on all machines, or the one on the path if
	 * it does not run here.
	 */
	static final String EMBEDDED_FIRST = find(embedded(), INSTALLED);

	private RedisExecutable() {
	}

	/**
	 * Return the server on the path, whose version {@code redis-benchmark} has too, or
	 * the embedded one if the path has none.
	 */
	static String installedFirst() {
		return find(INSTALLED, embedded());
	}

	private static String find(String... candidates) {
		String named = System.getProperty("test.redis-server");
		List<String> all = (named != null) ? List.of(named) : List.of(candidates);
		return all.stream()
			.filter(RedisExecutable::runs)
			.findFirst()
			.orElseThrow(() -> new IllegalStateException("No redis-server runs here, install one: " + all));
	}

	private static String embedded() {
		try {
			return ExecutableProvider.newJarResourceProvider().get().getAbsolutePath();
		}
		catch (IOException | RuntimeException ex) {
			// No binary for this system
			return INSTALLED;
		}
	}

	private static boolean runs(String executable) {
		try {
			return new ProcessBuilder(executable, "--version").redirectErrorStream(true)
				.redirectOutput(ProcessBuilder.Redirect.DISCARD)
				.start()
				.waitFor() == 0;
		}
		catch (IOException ex) {
			return false;
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

}
