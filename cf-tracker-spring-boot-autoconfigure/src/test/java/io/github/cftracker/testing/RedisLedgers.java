package io.github.cftracker.testing;

import java.time.Clock;
import java.time.Duration;

import io.github.cftracker.PathPatterns;
import io.github.cftracker.redis.LedgerSettings;
import io.github.cftracker.redis.RedisKeys;
import io.github.cftracker.redis.RedisRunLedger;
import io.github.cftracker.redis.TrackerRedisConnection;

/**
 * Ledgers in Redis with the settings that most tests need.
 */
public final class RedisLedgers {

	private RedisLedgers() {
	}

	/**
	 * Create a ledger that understands no patterns and waits for no replica.
	 */
	public static RedisRunLedger create(TrackerRedisConnection redis, RedisKeys keys, Duration lease,
			Duration freshWindow, int history) {
		return create(redis, keys, lease, freshWindow, history, 0);
	}

	/**
	 * Create a ledger that understands no patterns.
	 */
	public static RedisRunLedger create(TrackerRedisConnection redis, RedisKeys keys, Duration lease,
			Duration freshWindow, int history, int waitReplicas) {
		return new RedisRunLedger(redis, keys, new LedgerSettings(lease, freshWindow, history, waitReplicas),
				PathPatterns.UNKNOWN, Clock.systemUTC());
	}

}
