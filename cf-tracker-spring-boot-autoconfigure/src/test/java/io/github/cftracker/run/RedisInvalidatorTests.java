package io.github.cftracker.run;

import java.time.Duration;

import io.github.cftracker.UrlStore;
import io.github.cftracker.redis.RedisKeys;
import io.github.cftracker.redis.RedisRunLedger;
import io.github.cftracker.redis.RedisUrlStore;
import io.github.cftracker.redis.TrackerRedis;
import io.github.cftracker.testing.TestRedis;
import io.lettuce.core.RedisURI;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class RedisInvalidatorTests extends InvalidatorContractTests {

	private static TrackerRedis redis;

	@BeforeAll
	static void connect() {
		redis = TrackerRedis.to(RedisURI.create(TestRedis.shared().url()), Duration.ofSeconds(5));
	}

	@AfterAll
	static void disconnect() {
		redis.destroy();
	}

	@Override
	UrlStore createStore() {
		return new RedisUrlStore(redis.template(), keys(), Duration.ofSeconds(30));
	}

	@Override
	RunLedger createLedger(InvalidationSettings settings) {
		return new RedisRunLedger(redis.template(), keys(), settings.lease(), Duration.ofMinutes(10), 50);
	}

	private RedisKeys keys() {
		return new RedisKeys("test", this.name);
	}

}
