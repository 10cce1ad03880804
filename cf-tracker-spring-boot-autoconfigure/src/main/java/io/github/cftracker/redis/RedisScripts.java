package io.github.cftracker.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import io.github.cftracker.StoreUnavailableException;
import io.github.cftracker.run.LeaseLostException;
import io.github.cftracker.text.LogText;
import io.lettuce.core.RedisCommandExecutionException;
import org.jspecify.annotations.Nullable;

import org.springframework.core.io.ClassPathResource;
import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.script.RedisScript;

/**
 * Runs our scripts, and turns Redis' errors into the store's. Every time in them is by
 * Redis' clock, so the clocks of the nodes do not matter.
 */
final class RedisScripts {

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

	private final StringRedisTemplate template;

	RedisScripts(StringRedisTemplate template) {
		this.template = template;
	}

	/**
	 * A script, of one or several parts.
	 */
	static RedisScript<Long> returningNumber(String... parts) {
		return RedisScript.of(source(parts), Long.class);
	}

	@SuppressWarnings("rawtypes")
	static RedisScript<List> returningList(String... parts) {
		return RedisScript.of(source(parts), List.class);
	}

	static RedisScript<String> returningText(String... parts) {
		return RedisScript.of(source(parts), String.class);
	}

	/**
	 * A script that {@link NumberedWrites} runs.
	 */
	@SuppressWarnings("rawtypes")
	static RedisScript<List> numbered(String... parts) {
		return RedisScript.of(source("answer.lua", "numbered.lua") + source(parts), List.class);
	}

	/**
	 * A script of a lease's holder.
	 */
	static RedisScript<Long> fenced(String... parts) {
		return RedisScript.of(source("lease-fence.lua") + source(parts), Long.class);
	}

	@SuppressWarnings("rawtypes")
	static RedisScript<List> fencedList(String... parts) {
		return RedisScript.of(source("lease-fence.lua") + source(parts), List.class);
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

	long number(RedisScript<Long> script, List<String> keys, Object... args) {
		return some(call(() -> this.template.execute(script, keys, args)), keys);
	}

	String text(RedisScript<String> script, List<String> keys, Object... args) {
		String result = call(() -> this.template.execute(script, keys, args));
		return (result != null) ? result : "";
	}

	@SuppressWarnings({ "rawtypes", "unchecked" })
	List<String> list(RedisScript<List> script, List<String> keys, Object... args) {
		List<String> result = call(() -> this.template.execute(script, keys, args));
		return (result != null) ? result : List.of();
	}

	@SuppressWarnings({ "rawtypes", "unchecked" })
	List<Long> numbers(RedisScript<List> script, List<String> keys, Object... args) {
		return some((List<Long>) call(() -> this.template.execute(script, keys, args)), keys);
	}

	private static <T> T some(@Nullable T result, List<String> keys) {
		if (result == null) {
			throw new IllegalStateException("The script on the keys %s returned no result".formatted(keys));
		}
		return result;
	}

	<T> T call(Supplier<T> command) {
		try {
			return command.get();
		}
		catch (DataAccessException ex) {
			Throwable cause = ex.getMostSpecificCause();
			String message = String.valueOf(cause.getMessage());
			if (message.startsWith("FENCED")) {
				throw new LeaseLostException();
			}
			String what = (cause instanceof RedisCommandExecutionException) ? "Redis refused: "
					: "Redis did not answer: ";
			throw new StoreUnavailableException(what + LogText.clean(message)
					+ (isAloneInACluster(message) ? CLUSTER_HINT : "") + TlsHint.of(ex, this.template), ex);
		}
	}

	private boolean isAloneInACluster(String message) {
		boolean redirected = message.startsWith("MOVED ") || message.startsWith("ASK ");
		return redirected && !(this.template.getConnectionFactory() instanceof LettuceConnectionFactory lettuce
				&& lettuce.isClusterAware());
	}

}
