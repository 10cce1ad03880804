package io.github.cftracker.redis;

/**
 * The same store on the application's connection.
 */
class SpringDataRoutesAndTagsTests extends RedisRoutesAndTagsTests {

	@Override
	TrackerRedisConnection connection() {
		return redis.applications();
	}

}
