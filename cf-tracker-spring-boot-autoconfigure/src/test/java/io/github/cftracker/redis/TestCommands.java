package io.github.cftracker.redis;

import java.util.List;

/**
 * Single commands on a connection.
 */
final class TestCommands {

	private static final RedisScript<Long> EXISTS = new RedisScript<>("return redis.call('EXISTS', KEYS[1])",
			Long.class);

	private static final RedisScript<String> GET = new RedisScript<>("return redis.call('GET', KEYS[1])", String.class);

	private static final RedisScript<String> SET = new RedisScript<>("return redis.call('SET', KEYS[1], ARGV[1])",
			String.class);

	private TestCommands() {
	}

	static boolean exists(TrackerRedisConnection redis, String key) {
		Long number = redis.connection().execute(EXISTS, List.of(key));
		return number != null && number == 1;
	}

	static String get(TrackerRedisConnection redis, String key) {
		return redis.connection().execute(GET, List.of(key));
	}

	static void set(TrackerRedisConnection redis, String key, String value) {
		redis.connection().execute(SET, List.of(key), value);
	}

}
