package io.github.cftracker.testing;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import redis.embedded.core.ExecutableProvider;

/**
 * The {@code redis-server} that tests start: the embedded one, or one on the path where
 * there is none for this system. {@code -Dtest.redis-server=redis-server} names another.
 */
final class RedisExecutable {

	static final String FOUND = find();

	private RedisExecutable() {
	}

	private static String find() {
		List<String> candidates = new ArrayList<>();
		String named = System.getProperty("test.redis-server");
		if (named != null) {
			candidates.add(named);
		}
		else {
			addEmbedded(candidates);
			candidates.add("redis-server");
		}
		return candidates.stream()
			.filter(RedisExecutable::runs)
			.findFirst()
			.orElseThrow(() -> new IllegalStateException("No redis-server runs here, install one: " + candidates));
	}

	private static void addEmbedded(List<String> candidates) {
		try {
			File embedded = ExecutableProvider.newJarResourceProvider().get();
			candidates.add(embedded.getAbsolutePath());
		}
		catch (IOException | RuntimeException ex) {
			// No binary for this system: one on the path will do
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
