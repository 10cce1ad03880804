package io.github.cftracker.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

import io.github.cftracker.StoreUnavailableException;
import io.github.cftracker.run.LeaseLostException;
import io.github.cftracker.text.LogText;
import org.jspecify.annotations.Nullable;

import org.springframework.core.io.ClassPathResource;
import org.springframework.util.StringUtils;

/**
 * Lua scripts of the tracker, and how they and commands are called: errors of Redis
 * become those of the store. All times in scripts are the server's, so the clocks of the
 * nodes do not matter.
 */
final class RedisScripts {

	/**
	 * Maximum number of paths of one call, so that it does not hold up Redis.
	 */
	static final int CHUNK = 1000;

	/**
	 * Script that returns the time in ms. Its key selects the node of a cluster.
	 */
	static final RedisScript<Long> NOW = timed("return now");

	private static final String INCLUDE = "-- include ";

	private static final String CLUSTER_HINT = " (the server is part of a Redis Cluster, but the connection does not "
			+ "support clusters. Set 'spring.data.redis.cluster.nodes', or several hosts in 'cf.tracker.redis-url'. "
			+ "Repeat the host if there is only one)";

	private final RedisConnection connection;

	RedisScripts(RedisConnection connection) {
		this.connection = connection;
	}

	static RedisScript<Long> returningNumber(String file) {
		return new RedisScript<>(() -> source(file), Long.class);
	}

	static RedisScript<List<String>> returningList(String file) {
		return new RedisScript<>(() -> source(file), List.class);
	}

	static RedisScript<List<Long>> returningNumbers(String file) {
		return new RedisScript<>(() -> source(file), List.class);
	}

	static RedisScript<String> returningText(String file) {
		return new RedisScript<>(() -> source(file), String.class);
	}

	/**
	 * Return a script of one line, which may use what {@code time.lua} defines.
	 */
	static RedisScript<Long> timed(String line) {
		return new RedisScript<>(() -> source("time.lua") + line, Long.class);
	}

	/**
	 * Return a script of one line that returns a list, and may use what {@code time.lua}
	 * defines.
	 */
	static RedisScript<List<String>> timedList(String line) {
		return new RedisScript<>(() -> source("time.lua") + line, List.class);
	}

	/**
	 * Return a script with what it includes. Its first line names that, and what is
	 * included may include more.
	 */
	static String source(String file) {
		StringBuilder source = new StringBuilder();
		append(file, source, new HashSet<>());
		return source.toString();
	}

	private static void append(String file, StringBuilder source, Set<String> included) {
		if (included.add(file)) {
			String text = read(file);
			if (text.startsWith(INCLUDE)) {
				String names = text.substring(INCLUDE.length(), text.indexOf('\n'));
				for (String name : StringUtils.delimitedListToStringArray(names, ", ")) {
					append(name + ".lua", source, included);
				}
			}
			source.append(text);
		}
	}

	private static String read(String file) {
		try {
			return new ClassPathResource(file, RedisScripts.class).getContentAsString(StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Pass paths on in parts that are small enough for one call.
	 */
	static void inChunks(Collection<String> paths, Consumer<List<String>> action) {
		List<String> all = List.copyOf(paths);
		for (int start = 0; start < all.size(); start += CHUNK) {
			action.accept(all.subList(start, Math.min(start + CHUNK, all.size())));
		}
	}

	RedisConnection connection() {
		return this.connection;
	}

	/**
	 * Execute a command that returns a text.
	 * @return the text, {@code null} if the key or field does not exist
	 */
	@Nullable String text(String key, String command, Object... args) {
		return call(() -> this.connection.execute(String.class, command, key, args));
	}

	/**
	 * Execute a command that returns a number.
	 */
	long number(String key, String command, Object... args) {
		return some(call(() -> this.connection.execute(Long.class, command, key, args)), List.of(key));
	}

	/**
	 * Execute a command that returns a list.
	 */
	@SuppressWarnings("unchecked")
	List<@Nullable String> list(String key, String command, Object... args) {
		List<@Nullable String> result = call(() -> this.connection.execute(List.class, command, key, args));
		return (result != null) ? result : List.of();
	}

	/**
	 * Return a whole hash.
	 */
	Map<String, String> hash(String key) {
		List<@Nullable String> found = list(key, "HGETALL");
		Map<String, String> entries = new HashMap<>();
		for (int i = 0; i < found.size(); i += 2) {
			entries.put(String.valueOf(found.get(i)), String.valueOf(found.get(i + 1)));
		}
		return entries;
	}

	/**
	 * Read a set or sorted set in parts. Members may come twice.
	 * @param command SSCAN or ZSCAN
	 * @param pattern the pattern that members must match
	 * @param first how many members to look at first. Each part is twice as large as the
	 * one before, up to {@value #CHUNK}
	 * @param action is called with each part, whose members are followed by their scores
	 * if they have any, and returns whether to continue
	 * @return whether everything was read
	 */
	@SuppressWarnings("unchecked")
	boolean scan(String key, String command, String pattern, int first, Predicate<List<String>> action) {
		int count = first;
		String cursor = "0";
		do {
			Object[] args = { cursor, "MATCH", pattern, "COUNT", Math.min(count, CHUNK) };
			List<?> found = some(call(() -> this.connection.execute(List.class, command, key, args)), List.of(key));
			if (!action.test((List<String>) found.get(1))) {
				return false;
			}
			cursor = (String) found.get(0);
			count = Math.min(2 * count, CHUNK);
		}
		while (!cursor.equals("0"));
		return true;
	}

	long number(RedisScript<Long> script, List<String> keys, Object... args) {
		return some(call(() -> this.connection.execute(script, keys, args)), keys);
	}

	String text(RedisScript<String> script, List<String> keys, Object... args) {
		String result = call(() -> this.connection.execute(script, keys, args));
		return (result != null) ? result : "";
	}

	List<String> list(RedisScript<List<String>> script, List<String> keys, Object... args) {
		List<String> result = call(() -> this.connection.execute(script, keys, args));
		return (result != null) ? result : List.of();
	}

	List<Long> numbers(RedisScript<List<Long>> script, List<String> keys, Object... args) {
		return some(call(() -> this.connection.execute(script, keys, args)), keys);
	}

	private static <T> T some(@Nullable T result, List<String> keys) {
		if (result == null) {
			throw new IllegalStateException("Redis returned no result for the keys %s".formatted(keys));
		}
		return result;
	}

	void run(Runnable command) {
		call(() -> {
			command.run();
			return true;
		});
	}

	<T extends @Nullable Object> T call(Supplier<T> command) {
		try {
			return command.get();
		}
		catch (RedisAccessException ex) {
			String message = String.valueOf(ex.getMessage());
			if (message.startsWith("FENCED")) {
				throw new LeaseLostException();
			}
			String what = ex.isRefused() ? "Redis refused: " : "Redis did not answer: ";
			throw new StoreUnavailableException(
					what + LogText.clean(message) + (isAloneInACluster(message) ? CLUSTER_HINT : "") + ex.hint(), ex);
		}
	}

	private boolean isAloneInACluster(String message) {
		boolean redirected = message.startsWith("MOVED ") || message.startsWith("ASK ");
		return redirected && this.connection.topology() != RedisConnection.Topology.CLUSTER;
	}

}
