package io.github.cftracker.redis;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;

import io.lettuce.core.LettuceFutures;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisConnectionException;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.CommandOutput;
import io.lettuce.core.output.IntegerOutput;
import io.lettuce.core.output.MapOutput;
import io.lettuce.core.output.NestedMultiOutput;
import io.lettuce.core.output.ValueOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import org.jspecify.annotations.Nullable;

/**
 * Connection of the tracker's own. It leaves a server that is open but no longer the
 * master, so that the next call looks for the new one. Such a server answers every write
 * with {@code READONLY} for as long as the connection lives, or, when it hangs, nothing
 * at all.
 */
final class LettuceConnection implements RedisConnection {

	/**
	 * The last two are those of a server that is cut off, and may have a successor.
	 */
	private static final List<String> NOT_THE_MASTER = List.of("READONLY", "NOREPLICAS", "MASTERDOWN");

	/**
	 * What Lettuce reports until it has connected again.
	 */
	private static final String NOT_CONNECTED = "Currently not connected";

	private static final String INCOMPATIBLE = " (use the versions of Lettuce and Netty that Spring Boot manages)";

	private final LettuceClient client;

	private final RedisServers servers;

	private final Duration timeout;

	private volatile boolean unanswered;

	LettuceConnection(RedisServers servers, Supplier<ClusterClientOptions> options,
			Supplier<OwnClientResources> threads, Duration timeout) {
		this.client = new LettuceClient(servers, options, threads);
		this.servers = servers;
		this.timeout = timeout;
	}

	@Override
	@SuppressWarnings("unchecked")
	public <T> @Nullable T execute(RedisScript<T> script, List<String> keys, Object... args) {
		byte[][] encodedKeys = bytes(keys);
		byte[][] encodedArgs = bytes(Arrays.asList(args));
		ScriptOutputType type = typeOf(script);
		return (T) decoded(call((commands) -> {
			try {
				return await(commands.evalsha(script.sha1(), type, encodedKeys, encodedArgs));
			}
			catch (RedisNoScriptException ex) {
				return await(commands.eval(script.text(), type, encodedKeys, encodedArgs));
			}
		}));
	}

	private static ScriptOutputType typeOf(RedisScript<?> script) {
		if (script.result() == Long.class) {
			return ScriptOutputType.INTEGER;
		}
		return (script.result() == String.class) ? ScriptOutputType.VALUE : ScriptOutputType.MULTI;
	}

	private static @Nullable Object decoded(@Nullable Object result) {
		if (result instanceof List<?> values) {
			List<@Nullable Object> decoded = new ArrayList<>(values.size());
			values.forEach((value) -> decoded.add(decoded(value)));
			return decoded;
		}
		return (result instanceof byte[] bytes) ? text(bytes) : result;
	}

	@Override
	@SuppressWarnings("unchecked")
	public <T> @Nullable T execute(Class<T> result, String command, String key, Object... args) {
		CommandArgs<byte[], byte[]> encoded = new CommandArgs<>(ByteArrayCodec.INSTANCE).addKey(bytes(key))
			.addValues(bytes(Arrays.asList(args)));
		return (T) decoded(
				call((commands) -> await(commands.dispatch(CommandType.valueOf(command), output(result), encoded))));
	}

	@SuppressWarnings("unchecked")
	private static CommandOutput<byte[], byte[], Object> output(Class<?> result) {
		CommandOutput<byte[], byte[], ?> output;
		if (result == Long.class) {
			output = new IntegerOutput<>(ByteArrayCodec.INSTANCE);
		}
		else {
			output = (result == String.class) ? new ValueOutput<>(ByteArrayCodec.INSTANCE)
					: new NestedMultiOutput<>(ByteArrayCodec.INSTANCE);
		}
		return (CommandOutput<byte[], byte[], Object>) output;
	}

	@Override
	public long waitForReplicas(String key, String field, int replicas, long millis) {
		return call(new WaitCommand(key, field, replicas, millis)::send);
	}

	@Override
	public @Nullable String config(String key, String name) {
		Map<byte[], byte[]> settings = call((commands) -> await(commands.dispatch(CommandType.CONFIG,
				new MapOutput<>(ByteArrayCodec.INSTANCE), new WaitCommand.KeyedArgs(key).add("GET").add(name))));
		return settings.values().stream().map(LettuceConnection::text).findFirst().orElse(null);
	}

	@Override
	public Topology topology() {
		return this.servers.topology();
	}

	private <T extends @Nullable Object> T call(Function<RedisClusterAsyncCommands<byte[], byte[]>, T> command) {
		LettuceClient.Session session = null;
		try {
			session = this.client.session();
			T result = command.apply(session.commands());
			this.unanswered = false;
			return result;
		}
		catch (RuntimeException ex) {
			boolean connecting = session == null || ex instanceof RedisConnectionException;
			RedisAccessException failure = RedisAccessException.of(ex, connecting ? hint(ex) : "");
			String message = String.valueOf(failure.getMessage());
			if (shouldReset(ex, message) && session != null) {
				this.client.reset(session);
			}
			Throwable reason = this.client.reconnectFailure();
			throw (reason != null && message.startsWith(NOT_CONNECTED)) ? RedisAccessException.of(reason, hint(reason))
					: failure;
		}
		catch (LinkageError ex) {
			// Lettuce is loaded with the first command, not when the application starts
			throw new RedisAccessException("Lettuce cannot be used: " + ex, false, INCOMPATIBLE, ex);
		}
	}

	private String hint(Throwable ex) {
		return TlsHint.of(ex, this.servers.uris().get(0).isSsl(), this.servers.own());
	}

	private <T extends @Nullable Object> T await(RedisFuture<T> answer) {
		return LettuceFutures.awaitOrCancel(answer, this.timeout.toNanos(), TimeUnit.NANOSECONDS);
	}

	/**
	 * Return whether to look for another server. A single command may be slow; two
	 * without an answer between them are a sign. A cluster's topology refresh finds
	 * hanging masters by itself.
	 */
	private boolean shouldReset(RuntimeException ex, String message) {
		boolean secondTimeout = this.unanswered;
		this.unanswered = ex instanceof RedisCommandTimeoutException;
		if (this.unanswered) {
			return secondTimeout && topology() != Topology.CLUSTER;
		}
		// A script's error begins otherwise
		return NOT_THE_MASTER.stream().anyMatch(message::contains);
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private static byte[][] bytes(List<?> texts) {
		return texts.stream().map((text) -> bytes(text.toString())).toArray(byte[][]::new);
	}

	private static String text(byte[] bytes) {
		return new String(bytes, StandardCharsets.UTF_8);
	}

	@Override
	public void close() {
		this.client.close();
	}

}
