package io.github.cftracker.run;

import io.github.cftracker.redis.TrackerRedis;
import org.junit.jupiter.api.Tag;

/**
 * The same runs on the application's connection.
 */
@Tag("full")
class SpringDataPlannedRunTests extends RedisPlannedRunTests {

	@Override
	TrackerRedis connection() {
		return redis.applications();
	}

}
