package io.github.cftracker.redis;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

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
import org.springframework.data.redis.core.Cursor;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.ScanOptions;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.ZSetOperations.TypedTuple;

/**
 * Connection of the application, as its {@link RedisConnectionFactory} makes it.
 */
final class SpringDataConnection implements RedisConnection {

	private final RedisConnectionFactory factory;

	private final StringRedisTemplate template;

	SpringDataConnection(RedisConnectionFactory factory) {
		this.factory = factory;
		this.template = new StringRedisTemplate(factory);
	}

	@Override
	public <T> @Nullable T execute(RedisScript<T> script, List<String> keys, Object... args) {
		return call(() -> this.template.execute(new SpringDataScript<>(script), keys, args));
	}

	@Override
	public long exists(List<String> keys) {
		return number(call(() -> this.template.countExistingKeys(keys)));
	}

	@Override
	public void del(String key) {
		run(() -> this.template.delete(key));
	}

	@Override
	public @Nullable String get(String key) {
		return call(() -> this.template.opsForValue().get(key));
	}

	@Override
	public void set(String key, String value) {
		run(() -> this.template.opsForValue().set(key, value));
	}

	@Override
	public @Nullable String hget(String key, String field) {
		return call(() -> this.template.<String, String>opsForHash().get(key, field));
	}

	@Override
	public boolean hexists(String key, String field) {
		return call(() -> this.template.opsForHash().hasKey(key, field));
	}

	@Override
	public Map<String, String> hgetall(String key) {
		return call(() -> this.template.<String, String>opsForHash().entries(key));
	}

	@Override
	public List<@Nullable String> hmget(String key, List<String> fields) {
		return call(() -> this.template.<String, String>opsForHash().multiGet(key, fields));
	}

	@Override
	public long llen(String key) {
		return number(call(() -> this.template.opsForList().size(key)));
	}

	@Override
	public List<String> lrange(String key) {
		List<String> values = call(() -> this.template.opsForList().range(key, 0, -1));
		return (values != null) ? values : List.of();
	}

	@Override
	public void lrem(String key, String value) {
		run(() -> this.template.opsForList().remove(key, 0, value));
	}

	@Override
	public Set<String> smembers(String key) {
		Set<String> members = call(() -> this.template.opsForSet().members(key));
		return (members != null) ? members : Set.of();
	}

	@Override
	public void sscan(String key, int count, Consumer<String> action) {
		ScanOptions options = ScanOptions.scanOptions().count(count).build();
		run(() -> {
			try (Cursor<String> cursor = this.template.opsForSet().scan(key, options)) {
				cursor.forEachRemaining(action);
			}
		});
	}

	@Override
	public List<String> zrange(String key) {
		Set<String> members = call(() -> this.template.opsForZSet().range(key, 0, -1));
		return (members != null) ? List.copyOf(members) : List.of();
	}

	@Override
	public void zrem(String key, String member) {
		run(() -> this.template.opsForZSet().remove(key, member));
	}

	@Override
	public void zscan(String key, String pattern, int count, Predicate<ScoredMember> action) {
		// A string would be encoded by the machine's default
		ScanOptions options = ScanOptions.scanOptions()
			.match(pattern.getBytes(StandardCharsets.UTF_8))
			.count(count)
			.build();
		run(() -> {
			try (Cursor<TypedTuple<String>> cursor = this.template.opsForZSet().scan(key, options)) {
				boolean more = true;
				while (more && cursor.hasNext()) {
					more = action.test(member(cursor.next()));
				}
			}
		});
	}

	private static ScoredMember member(TypedTuple<String> tuple) {
		Double score = tuple.getScore();
		return new ScoredMember(String.valueOf(tuple.getValue()), (score != null) ? score : 0);
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

	private void run(Runnable command) {
		call(() -> {
			command.run();
			return true;
		});
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
