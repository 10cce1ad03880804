package com.example.redis;

import jakarta.servlet.http.HttpSession;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Counts in its Redis, and keeps its sessions there.
 */
@SpringBootApplication
public class RedisApplication {

	public static void main(String[] args) {
		SpringApplication.run(RedisApplication.class, args);
	}

	@RestController
	static class Pages {

		private final StringRedisTemplate redis;

		Pages(StringRedisTemplate redis) {
			this.redis = redis;
		}

		@GetMapping("/page")
		String page() {
			return "page";
		}

		@GetMapping("/visits")
		String visits(HttpSession session) {
			session.setAttribute("visited", true);
			return "visit " + this.redis.opsForValue().increment("visits");
		}

	}

}
