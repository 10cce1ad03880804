package io.github.cftracker.redis;

import io.github.cftracker.distribution.SettingsHistory;
import org.jspecify.annotations.Nullable;

/**
 * {@link SettingsHistory} in Redis, shared by all nodes of a distribution.
 */
public final class RedisSettingsHistory implements SettingsHistory {

	private final RedisScripts scripts;

	private final RedisConnection connection;

	private final RedisKeys keys;

	/**
	 * Create a history.
	 * @param redis the connection
	 * @param keys the names of the keys
	 */
	public RedisSettingsHistory(TrackerRedisConnection redis, RedisKeys keys) {
		this.connection = redis.connection();
		this.scripts = new RedisScripts(this.connection);
		this.keys = keys;
	}

	@Override
	public @Nullable String version() {
		return this.scripts.call(() -> this.connection.get(this.keys.settings()));
	}

	@Override
	public void version(String version) {
		this.scripts.run(() -> this.connection.set(this.keys.settings(), version));
	}

}
