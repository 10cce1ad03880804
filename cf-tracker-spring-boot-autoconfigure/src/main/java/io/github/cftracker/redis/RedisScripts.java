package io.github.cftracker.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import io.github.cftracker.StoreUnavailableException;
import io.github.cftracker.run.LeaseLostException;
import io.github.cftracker.text.LogText;
import org.jspecify.annotations.Nullable;

import org.springframework.core.io.ClassPathResource;

/**
 * Runs our scripts, and turns Redis' errors into the store's. Every time in them is by
 * Redis' clock, so the clocks of the nodes do not matter.
 */
final class RedisScripts {

	/**
	 * Maximum number of paths of one call, so that it does not hold up Redis.
	 */
	static final int CHUNK = 1000;

	/**
	 * The part that keeps tags.
	 */
	static final String TAGS = "tags.lua";

	/**
	 * The part that tells other nodes that what they knew of a path may be over.
	 */
	static final String REMOVAL = "removal.lua";

	/**
	 * Return the time in ms. Takes a key, which names the node of a cluster to ask.
	 */
	static final RedisScript<Long> NOW = returningNumber("now.lua");

	private static final String CLUSTER_HINT = " (the server is part of a Redis Cluster, but the connection does not "
			+ "support clusters. Set 'spring.data.redis.cluster.nodes', or several hosts in 'cf.tracker.redis-url'. "
			+ "Repeat the host if there is only one)";

	private final RedisConnection connection;

	RedisScripts(RedisConnection connection) {
		this.connection = connection;
	}

	/**
	 * A script, of one or several parts.
	 */
	static RedisScript<Long> returningNumber(String... parts) {
		return RedisScript.returningNumber(source(parts));
	}

	static RedisScript<List<String>> returningList(String... parts) {
		return RedisScript.returningList(source(parts));
	}

	static RedisScript<List<Long>> returningNumbers(String... parts) {
		return RedisScript.returningNumbers(source(parts));
	}

	static RedisScript<String> returningText(String... parts) {
		return RedisScript.returningText(source(parts));
	}

	/**
	 * A script that {@link WriteSequence} runs.
	 */
	static RedisScript<List<Long>> numbered(String... parts) {
		return RedisScript.returningNumbers(source("answer.lua", "numbered.lua") + source(parts));
	}

	/**
	 * A script of a lease's holder.
	 */
	static RedisScript<Long> fenced(String... parts) {
		return RedisScript.returningNumber(source("lease-fence.lua") + source(parts));
	}

	static RedisScript<List<String>> fencedList(String... parts) {
		return RedisScript.returningList(source("lease-fence.lua") + source(parts));
	}

	private static String source(String... names) {
		return Arrays.stream(names).map(RedisScripts::source).collect(Collectors.joining());
	}

	private static String source(String name) {
		try {
			return new ClassPathResource(name, RedisScripts.class).getContentAsString(StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Pass on paths in parts that are small enough for one call.
	 */
	static void inChunks(Collection<String> paths, Consumer<List<String>> action) {
		List<String> all = List.copyOf(paths);
		for (int start = 0; start < all.size(); start += CHUNK) {
			action.accept(all.subList(start, Math.min(start + CHUNK, all.size())));
		}
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
			throw new IllegalStateException("The script on the keys %s returned no result".formatted(keys));
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
