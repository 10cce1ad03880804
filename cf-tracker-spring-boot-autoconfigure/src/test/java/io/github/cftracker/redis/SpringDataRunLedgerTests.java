package io.github.cftracker.redis;

/**
 * The same ledger on the application's connection.
 */
class SpringDataRunLedgerTests extends RedisRunLedgerTests {

	@Override
	TrackerRedisConnection connection() {
		return redis.applications();
	}

}
