package io.github.cftracker.benchmarks.page;

import java.io.IOException;
import java.time.Duration;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Writes each path to Redis while its request waits.
 */
class NaiveFilter extends OncePerRequestFilter {

	private static final Duration TTL = Duration.ofHours(1);

	private final StringRedisTemplate redis;

	NaiveFilter(StringRedisTemplate redis) {
		this.redis = redis;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		chain.doFilter(request, response);
		String query = request.getQueryString();
		String path = (query != null) ? request.getRequestURI() + '?' + query : request.getRequestURI();
		this.redis.opsForValue().set(path, "1", TTL);
	}

}
