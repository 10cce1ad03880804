package io.github.cftracker.compatibility;

import io.github.cftracker.testing.TestRedis;
import org.junit.jupiter.api.Test;

import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.util.ClassUtils;

import static org.assertj.core.api.Assertions.assertThat;

class RedisApplicationTests extends AbstractApplicationTests {

	@DynamicPropertySource
	static void redis(DynamicPropertyRegistry registry) {
		registry.add("cf.tracker.redis-url", TestRedis.shared()::url);
	}

	@Test
	void needsNoSpringData() {
		assertThat(ClassUtils.isPresent("org.springframework.data.repository.Repository", null)).isFalse();
	}

	@Override
	String storeName() {
		return "redis";
	}

}
