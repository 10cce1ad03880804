package io.github.cftracker.run;

import java.time.Duration;

import io.github.cftracker.UrlStore;
import io.github.cftracker.redis.RedisKeys;
import io.github.cftracker.redis.TrackerRedisConnection;
import io.github.cftracker.testing.RedisLedgers;
import io.github.cftracker.testing.RedisStores;
import io.github.cftracker.testing.SharedRedis;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisInvalidatorTests extends InvalidatorContractTests {

	@RegisterExtension
	static final SharedRedis redis = new SharedRedis();

	/**
	 * Return the connection to test. Subclasses test another kind.
	 */
	TrackerRedisConnection connection() {
		return redis.own();
	}

	@Override
	UrlStore createStore() {
		return RedisStores.create(connection(), keys());
	}

	@Override
	RunLedger createLedger(RunSettings settings) {
		return RedisLedgers.create(connection(), keys(), settings.lease(), Duration.ofMinutes(10), 50);
	}

	private RedisKeys keys() {
		return new RedisKeys("test", this.name);
	}

}
