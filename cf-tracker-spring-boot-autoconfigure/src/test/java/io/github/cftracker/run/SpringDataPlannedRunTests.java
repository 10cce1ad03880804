package io.github.cftracker.run;

import io.github.cftracker.redis.TrackerRedisConnection;
import org.junit.jupiter.api.Tag;

/**
 * Planned runs on the application's connection.
 */
@Tag("full")
class SpringDataPlannedRunTests extends RedisPlannedRunTests {

	@Override
	TrackerRedisConnection connection() {
		return redis.applications();
	}

}
