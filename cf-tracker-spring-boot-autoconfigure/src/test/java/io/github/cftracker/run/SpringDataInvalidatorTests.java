package io.github.cftracker.run;

import io.github.cftracker.redis.TrackerRedisConnection;
import org.junit.jupiter.api.Tag;

/**
 * Invalidator on the application's connection.
 */
@Tag("full")
class SpringDataInvalidatorTests extends RedisInvalidatorTests {

	@Override
	TrackerRedisConnection connection() {
		return redis.applications();
	}

}
