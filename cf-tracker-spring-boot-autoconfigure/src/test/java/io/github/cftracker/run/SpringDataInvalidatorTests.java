package io.github.cftracker.run;

import io.github.cftracker.redis.TrackerRedis;
import org.junit.jupiter.api.Tag;

/**
 * The same invalidator on the application's connection.
 */
@Tag("full")
class SpringDataInvalidatorTests extends RedisInvalidatorTests {

	@Override
	TrackerRedis connection() {
		return redis.applications();
	}

}
