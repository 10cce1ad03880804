package io.github.cftracker.redis;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.github.cftracker.StoreUnavailableException;
import io.lettuce.core.api.async.BaseRedisAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.IntegerOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;

import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.StringRedisTemplate;

/**
 * Asks how many replicas have what was written, with {@code WAIT}. It counts what was
 * written on the connection it is asked on: the one that scripts go out on, and in a
 * cluster the one to the master of our slot.
 *
 * @see <a href="https://redis.io/docs/latest/commands/wait/">WAIT</a>
 */
final class Replicas {

	/**
	 * Shorter than commands may take, because they share the connection.
	 */
	private static final long PATIENCE_MILLIS = 100;

	private static final Duration LIMIT = Duration.ofSeconds(5);

	private final RedisScripts scripts;

	private final StringRedisTemplate template;

	private final RedisKeys keys;

	private final int needed;

	Replicas(RedisScripts scripts, StringRedisTemplate template, RedisKeys keys, int needed) {
		this.scripts = scripts;
		this.template = template;
		this.keys = keys;
		this.needed = needed;
	}

	/**
	 * Whether enough replicas have a hash with a field as it was just written. What is
	 * asked may be the master after a failover, so the field is looked for.
	 */
	boolean have(String key, List<String> field) {
		if (this.needed == 0) {
			return true;
		}
		Long replicas = this.scripts.call(() -> this.template.execute((RedisCallback<Long>) this::count));
		if (replicas == null || replicas < this.needed) {
			return false;
		}
		Object value = this.scripts.call(() -> this.template.opsForHash().get(key, field.get(0)));
		if (!field.get(1).equals(value)) {
			throw new StoreUnavailableException("Redis lost acknowledged writes, for example in a failover");
		}
		return true;
	}

	/**
	 * Writes before it waits: {@code WAIT} is content where nothing was written on its
	 * connection, which may be a new one.
	 */
	@SuppressWarnings("unchecked")
	private Long count(RedisConnection connection) {
		if (!(connection.getNativeConnection() instanceof BaseRedisAsyncCommands<?, ?> commands)) {
			throw new DataAccessResourceFailureException(
					"'cf.tracker.redis.wait-replicas' requires the Lettuce client");
		}
		try {
			BaseRedisAsyncCommands<byte[], byte[]> async = (BaseRedisAsyncCommands<byte[], byte[]>) commands;
			Future<Long> written = async.dispatch(CommandType.HINCRBY, new IntegerOutput<>(ByteArrayCodec.INSTANCE),
					new CommandArgs<>(ByteArrayCodec.INSTANCE).addKey(bytes(this.keys.lease())).add("waits").add(1));
			Future<Long> replicas = async.dispatch(CommandType.WAIT, new IntegerOutput<>(ByteArrayCodec.INSTANCE),
					new WaitArgs());
			written.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
			return replicas.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (TimeoutException ex) {
			throw new DataAccessResourceFailureException("Redis did not answer WAIT", ex);
		}
		catch (ExecutionException ex) {
			throw new DataAccessResourceFailureException(String.valueOf(ex.getMessage()), ex.getCause());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new DataAccessResourceFailureException("Interrupted", ex);
		}
	}

	private static byte[] bytes(String key) {
		return key.getBytes(StandardCharsets.UTF_8);
	}

	/**
	 * {@code WAIT} names no key, by which a cluster connection could tell where to send
	 * it.
	 */
	private final class WaitArgs extends CommandArgs<byte[], byte[]> {

		WaitArgs() {
			super(ByteArrayCodec.INSTANCE);
			add(Replicas.this.needed).add(PATIENCE_MILLIS);
		}

		@Override
		public ByteBuffer getFirstEncodedKey() {
			return ByteBuffer.wrap(bytes(Replicas.this.keys.lease()));
		}

	}

}
