package com.example.redisson;

import org.redisson.api.RedissonClient;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

@SpringBootApplication
public class RedissonApplication {

	public static void main(String[] args) {
		SpringApplication.run(RedissonApplication.class, args);
	}

	@RestController
	static class Pages {

		private final RedissonClient redisson;

		private final StringRedisTemplate redis;

		Pages(RedissonClient redisson, StringRedisTemplate redis) {
			this.redisson = redisson;
			this.redis = redis;
		}

		@GetMapping("/visits")
		String visits() {
			this.redis.opsForValue().increment("visits");
			return "visit " + this.redisson.getAtomicLong("counter").incrementAndGet();
		}

	}

}
