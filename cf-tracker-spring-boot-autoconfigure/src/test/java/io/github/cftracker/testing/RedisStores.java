package io.github.cftracker.testing;

import java.time.Duration;

import io.github.cftracker.PathPatterns;
import io.github.cftracker.redis.RedisKeys;
import io.github.cftracker.redis.RedisUrlStore;
import io.github.cftracker.redis.TrackerRedisConnection;

/**
 * Stores in Redis with the settings that most tests need.
 */
public final class RedisStores {

	private RedisStores() {
	}

	/**
	 * Create a store whose claims expire after 30 seconds.
	 */
	public static RedisUrlStore create(TrackerRedisConnection redis, RedisKeys keys) {
		return create(redis, keys, Duration.ofSeconds(30));
	}

	/**
	 * Create a store that understands no patterns and keeps a million tags.
	 */
	public static RedisUrlStore create(TrackerRedisConnection redis, RedisKeys keys, Duration lease) {
		return new RedisUrlStore(redis, keys, lease, PathPatterns.UNKNOWN, 1_000_000);
	}

}
