package com.example.redis;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.data.redis.test.autoconfigure.DataRedisTest;
import org.springframework.context.ApplicationContext;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The slice for Redis has the application's Redis, and nothing of the starter.
 */
@DataRedisTest(properties = { "cf.tracker.store=memory", "cf.tracker.distribution-id=E2QWRUHAPOMQZL" })
class RedisSliceTests {

	private static final LocalRedis its = new LocalRedis();

	@Autowired
	private StringRedisTemplate redis;

	@Autowired
	private ApplicationContext context;

	@DynamicPropertySource
	static void redis(DynamicPropertyRegistry registry) {
		registry.add("spring.data.redis.url", its::url);
	}

	@AfterAll
	static void close() {
		its.close();
	}

	@Test
	void readsAndWritesTheApplicationsRedis() {
		this.redis.opsForValue().set("key", "value");
		assertThat(its.drain()).containsExactly("key");
		assertThat(this.context.getBeanDefinitionNames()).noneMatch((name) -> name.startsWith("cfTracker"));
	}

}
