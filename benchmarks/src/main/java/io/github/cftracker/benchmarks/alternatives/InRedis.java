package io.github.cftracker.benchmarks.alternatives;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import io.github.cftracker.testing.TestRedis;

import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.data.redis.core.RedisCallback;
import org.springframework.data.redis.core.StringRedisTemplate;

/**
 * What one would write with a {@link StringRedisTemplate}: each reads its paths, sends
 * them, and then deletes them.
 */
abstract class InRedis implements Alternative {

	private final LettuceConnectionFactory connections;

	private final Sender sender;

	final StringRedisTemplate redis;

	InRedis(TestRedis redis, Sender sender) {
		this.connections = new LettuceConnectionFactory("127.0.0.1", redis.port());
		this.connections.afterPropertiesSet();
		this.connections.start();
		this.redis = new StringRedisTemplate(this.connections);
		this.sender = sender;
	}

	@Override
	public void invalidateChanged() {
		invalidateAll();
	}

	final void send(Set<String> paths) {
		if (!paths.isEmpty()) {
			this.sender.send(List.copyOf(paths));
		}
	}

	@Override
	public void close() {
		this.connections.destroy();
	}

	/**
	 * A key for each path.
	 */
	static final class KeyForEach extends InRedis {

		KeyForEach(TestRedis redis, Sender sender) {
			super(redis, sender);
		}

		@Override
		public void record(int page) {
			this.redis.opsForValue().set(Pages.path(page), "1", Pages.LIFETIME);
		}

		@Override
		public void invalidateAll() {
			send(this.redis.keys("*"));
			this.redis.execute((connection) -> {
				connection.serverCommands().flushDb();
				return true;
			}, true);
		}

	}

	/**
	 * One set of all paths.
	 */
	static final class OneSet extends InRedis {

		private static final String KEY = "urls";

		OneSet(TestRedis redis, Sender sender) {
			super(redis, sender);
		}

		@Override
		public void record(int page) {
			this.redis.opsForSet().add(KEY, Pages.path(page));
		}

		@Override
		public void invalidateAll() {
			send(Objects.requireNonNull(this.redis.opsForSet().members(KEY)));
			this.redis.delete(KEY);
		}

	}

	/**
	 * A set of paths for each tag, as the registries of FOSHttpCache and Drupal have.
	 */
	static final class TagRegistry extends InRedis {

		private static final String PREFIX = "tag:";

		TagRegistry(TestRedis redis, Sender sender) {
			super(redis, sender);
		}

		@Override
		@SuppressWarnings("NullAway") // A pipeline requires that its callback returns
										// null
		public void record(int page) {
			String path = Pages.path(page);
			this.redis.executePipelined((RedisCallback<Object>) (connection) -> {
				Pages.tags(page).forEach((tag) -> connection.setCommands().sAdd(bytes(PREFIX + tag), bytes(path)));
				return null;
			});
		}

		private static byte[] bytes(String text) {
			return text.getBytes(StandardCharsets.UTF_8);
		}

		@Override
		public void invalidateChanged() {
			invalidate(PREFIX + Pages.CHANGED_TAG);
		}

		@Override
		public void invalidateAll() {
			invalidate(PREFIX + Pages.ALL_TAG);
		}

		private void invalidate(String... keys) {
			send(Objects.requireNonNull(this.redis.opsForSet().union(List.of(keys))));
			this.redis.delete(List.of(keys));
		}

	}

}
