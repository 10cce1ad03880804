package io.github.cftracker.redis;

import java.util.List;

import io.github.cftracker.StoreUnavailableException;

/**
 * Replicas that have what was written, by {@code WAIT}. It counts what was written on the
 * connection it is asked on: the one that scripts go out on, and in a cluster the one to
 * the master of our slot.
 *
 * @see <a href="https://redis.io/docs/latest/commands/wait/">WAIT</a>
 */
final class Replicas {

	/**
	 * Shorter than commands may take, because they share the connection.
	 */
	private static final long PATIENCE_MILLIS = 100;

	private final RedisScripts scripts;

	private final RedisConnection connection;

	private final RedisKeys keys;

	private final int needed;

	Replicas(RedisScripts scripts, RedisConnection connection, RedisKeys keys, int needed) {
		this.scripts = scripts;
		this.connection = connection;
		this.keys = keys;
		this.needed = needed;
	}

	/**
	 * Return whether enough replicas have a hash with a field as it was just written. The
	 * server that answers may be the master after a failover, so the field is read.
	 */
	boolean have(String key, List<String> field) {
		if (this.needed == 0) {
			return true;
		}
		long replicas = this.scripts
			.call(() -> this.connection.waitForReplicas(this.keys.lease(), "waits", this.needed, PATIENCE_MILLIS));
		if (replicas < this.needed) {
			return false;
		}
		String value = this.scripts.text(key, "HGET", field.get(0));
		if (!field.get(1).equals(value)) {
			throw new StoreUnavailableException("Redis lost acknowledged writes, for example in a failover");
		}
		return true;
	}

}
