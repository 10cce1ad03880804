package io.github.cftracker.redis;

import java.util.concurrent.ExecutionException;

import io.lettuce.core.api.async.BaseRedisAsyncCommands;

import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.StringRedisTemplate;

/**
 * Asks how many replicas have what was written, with {@code WAIT}. It counts what was
 * written on the connection it is asked on, and scripts go out on the same.
 *
 * @see <a href="https://redis.io/docs/latest/commands/wait/">WAIT</a>
 */
final class Replicas {

	/**
	 * Shorter than commands may take, because they share the connection.
	 */
	private static final long PATIENCE_MILLIS = 200;

	private final RedisScripts scripts;

	private final StringRedisTemplate template;

	private final int needed;

	Replicas(RedisScripts scripts, StringRedisTemplate template, int needed) {
		this.scripts = scripts;
		this.template = template;
		this.needed = needed;
	}

	boolean haveEverything() {
		if (this.needed == 0) {
			return true;
		}
		Long replicas = this.scripts.call(() -> this.template.execute((RedisCallback<Long>) this::count));
		return replicas != null && replicas >= this.needed;
	}

	private Long count(RedisConnection connection) {
		if (!(connection.getNativeConnection() instanceof BaseRedisAsyncCommands<?, ?> commands)) {
			throw new DataAccessResourceFailureException("Only Lettuce can wait for replicas");
		}
		try {
			return commands.waitForReplication(this.needed, PATIENCE_MILLIS).get();
		}
		catch (ExecutionException ex) {
			throw new DataAccessResourceFailureException(String.valueOf(ex.getMessage()), ex.getCause());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new DataAccessResourceFailureException("Interrupted", ex);
		}
	}

}
