package io.github.cftracker.redis;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Properties;
import java.util.function.Supplier;
import java.util.stream.Stream;

import io.lettuce.core.RedisException;
import io.lettuce.core.api.async.BaseRedisAsyncCommands;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataAccessException;
import org.springframework.data.redis.RedisConnectionFailureException;
import org.springframework.data.redis.connection.RedisClusterConnection;
import org.springframework.data.redis.connection.RedisClusterNode;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.jedis.JedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.StringRedisTemplate;

/**
 * Connection of the application, as its {@link RedisConnectionFactory} makes it. It may
 * read from replicas, so commands are sent in a script.
 */
final class SpringDataConnection implements RedisConnection {

	private static final RedisScript<Object> COMMAND = new RedisScript<>(() -> RedisScripts.source("command.lua"),
			Object.class);

	private final RedisConnectionFactory factory;

	private final StringRedisTemplate template;

	SpringDataConnection(RedisConnectionFactory factory) {
		this.factory = factory;
		this.template = new StringRedisTemplate(factory);
	}

	@Override
	public <T> @Nullable T execute(RedisScript<T> script, List<String> keys, Object... args) {
		Object[] texts = Stream.of(args).map(Object::toString).toArray();
		return call(() -> this.template.execute(new SpringDataScript<>(script), keys, texts));
	}

	@Override
	public <T> @Nullable T execute(Class<T> result, String command, String key, Object... args) {
		Object[] all = Stream.concat(Stream.of(command), Stream.of(args)).toArray();
		return execute(new RedisScript<T>(COMMAND.source(), COMMAND.digest(), result), List.of(key), all);
	}

	@Override
	public long waitForReplicas(String key, String field, int replicas, long millis) {
		WaitCommand command = new WaitCommand(key, field, replicas, millis);
		return number(call(() -> this.template.execute((RedisCallback<Long>) (connection) -> {
			if (!(connection.getNativeConnection() instanceof BaseRedisAsyncCommands<?, ?> commands)) {
				throw new RedisAccessException("'cf.tracker.redis.wait-replicas' requires the Lettuce client", false,
						"", null);
			}
			return command.send(bytes(commands));
		})));
	}

	@SuppressWarnings("unchecked")
	private static BaseRedisAsyncCommands<byte[], byte[]> bytes(BaseRedisAsyncCommands<?, ?> commands) {
		return (BaseRedisAsyncCommands<byte[], byte[]>) commands;
	}

	@Override
	public @Nullable String config(String key, String name) {
		return call(() -> {
			try (var connection = this.factory.getConnection()) {
				Properties settings = config(connection, key, name);
				return (settings != null) ? settings.getProperty(name) : null;
			}
		});
	}

	private static @Nullable Properties config(org.springframework.data.redis.connection.RedisConnection connection,
			String key, String name) {
		if (connection instanceof RedisClusterConnection cluster) {
			RedisClusterNode node = cluster.clusterGetNodeForKey(key.getBytes(StandardCharsets.UTF_8));
			return (node != null) ? cluster.serverCommands().getConfig(node, name) : null;
		}
		return connection.serverCommands().getConfig(name);
	}

	@Override
	public Topology topology() {
		if (this.factory instanceof LettuceConnectionFactory lettuce) {
			return topology(lettuce.isClusterAware(), lettuce.isRedisSentinelAware());
		}
		if (this.factory instanceof JedisConnectionFactory jedis) {
			return topology(jedis.isRedisClusterAware(), jedis.isRedisSentinelAware());
		}
		return Topology.STANDALONE;
	}

	private static Topology topology(boolean cluster, boolean sentinel) {
		if (cluster) {
			return Topology.CLUSTER;
		}
		return sentinel ? Topology.SENTINEL : Topology.STANDALONE;
	}

	private static long number(@Nullable Long number) {
		return (number != null) ? number : 0;
	}

	private <T extends @Nullable Object> T call(Supplier<T> command) {
		try {
			return command.get();
		}
		catch (DataAccessException | RedisException ex) {
			throw RedisAccessException.of(ex, hint(ex));
		}
	}

	private String hint(RuntimeException ex) {
		return (ex instanceof RedisConnectionFailureException
				&& this.factory instanceof LettuceConnectionFactory lettuce) ? TlsHint.of(ex, lettuce.isUseSsl(), false)
						: "";
	}

	@Override
	public void close() {
		// The application closes its factory
	}

	/**
	 * Script as Spring Data takes it.
	 */
	private record SpringDataScript<T>(
			RedisScript<T> script) implements org.springframework.data.redis.core.script.RedisScript<T> {

		@Override
		public String getSha1() {
			return this.script.sha1();
		}

		@Override
		public String getScriptAsString() {
			return this.script.text();
		}

		@Override
		@SuppressWarnings("unchecked")
		public Class<T> getResultType() {
			return (Class<T>) this.script.result();
		}

	}

}
