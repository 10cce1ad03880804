package io.github.cftracker.testing;

import java.util.function.Function;

import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;

/**
 * Spring Data's templates, with which tests read and change what is in a server.
 */
public final class RedisTemplates {

	private static final LettuceConnectionFactory SHARED = connect(TestRedis.shared().port());

	private RedisTemplates() {
	}

	/**
	 * A connection to the {@linkplain TestRedis#shared() shared server} as an application
	 * has it.
	 */
	static LettuceConnectionFactory sharedFactory() {
		return SHARED;
	}

	/**
	 * A template on the {@linkplain TestRedis#shared() shared server}.
	 */
	public static StringRedisTemplate shared() {
		return new StringRedisTemplate(SHARED);
	}

	/**
	 * Uses a template on a server for one call.
	 */
	public static <T> T on(int port, Function<StringRedisTemplate, T> action) {
		LettuceConnectionFactory factory = connect(port);
		try {
			return action.apply(new StringRedisTemplate(factory));
		}
		finally {
			factory.destroy();
		}
	}

	private static LettuceConnectionFactory connect(int port) {
		LettuceConnectionFactory factory = new LettuceConnectionFactory("127.0.0.1", port);
		factory.afterPropertiesSet();
		factory.start();
		return factory;
	}

}
