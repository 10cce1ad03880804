package io.github.cftracker.redis;

import io.github.cftracker.distribution.SettingsHistory;
import org.jspecify.annotations.Nullable;

/**
 * {@link SettingsHistory} in Redis, shared by all nodes of a distribution.
 */
public final class RedisSettingsHistory implements SettingsHistory {

	private final RedisScripts scripts;

	private final RedisKeys keys;

	/**
	 * Create a history.
	 * @param redis the connection
	 * @param keys the names of the keys
	 */
	public RedisSettingsHistory(TrackerRedisConnection redis, RedisKeys keys) {
		this.scripts = new RedisScripts(redis.connection());
		this.keys = keys;
	}

	@Override
	public @Nullable String version() {
		return this.scripts.text(this.keys.settings(), "GET");
	}

	@Override
	public void version(String version) {
		this.scripts.text(this.keys.settings(), "SET", version);
	}

}
