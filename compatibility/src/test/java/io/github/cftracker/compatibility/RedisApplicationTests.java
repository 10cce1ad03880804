package io.github.cftracker.compatibility;

import io.github.cftracker.testing.TestRedis;

import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

class RedisApplicationTests extends AbstractApplicationTests {

	@DynamicPropertySource
	static void redis(DynamicPropertyRegistry registry) {
		registry.add("cf.tracker.redis-url", TestRedis.shared()::url);
	}

	@Override
	String storeName() {
		return "redis";
	}

}
