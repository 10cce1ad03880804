package io.github.cftracker.testing;

import java.time.Duration;

import io.github.cftracker.redis.ApplicationRedis;
import io.github.cftracker.redis.TrackerRedisConnection;
import io.lettuce.core.RedisURI;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import org.springframework.data.redis.core.StringRedisTemplate;

/**
 * Connections to the {@linkplain TestRedis#shared() shared server} for the tests of a
 * class.
 */
public final class SharedRedis implements BeforeAllCallback, AfterAllCallback {

	private TrackerRedisConnection redis;

	@Override
	public void beforeAll(ExtensionContext context) {
		this.redis = TrackerRedisConnection.to(RedisURI.create(TestRedis.shared().url()), Duration.ofSeconds(5));
	}

	@Override
	public void afterAll(ExtensionContext context) {
		this.redis.destroy();
	}

	/**
	 * The tracker's own connection.
	 */
	public TrackerRedisConnection own() {
		return this.redis;
	}

	/**
	 * The application's connection.
	 */
	public TrackerRedisConnection applications() {
		return ApplicationRedis.using(RedisTemplates.sharedFactory());
	}

	public StringRedisTemplate template() {
		return RedisTemplates.shared();
	}

}
