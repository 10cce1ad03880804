package io.github.cftracker.benchmarks.million;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import io.github.cftracker.benchmarks.PathSamples;
import io.github.cftracker.benchmarks.measure.RedisProbe;
import io.github.cftracker.benchmarks.measure.TrackedPaths;
import io.lettuce.core.LettuceFutures;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.SetArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.output.KeyStreamingChannel;

/**
 * How the npm tool before this one keeps paths: a key for each, that expires.
 */
final class OriginalLayout {

	private static final int CHUNK = 1000;

	private OriginalLayout() {
	}

	static void track(RedisProbe redis, int count) {
		Random random = new Random(42);
		StatefulRedisConnection<String, String> connection = redis.connection();
		connection.setAutoFlushCommands(false);
		for (int start = 0; start < count; start += CHUNK) {
			List<RedisFuture<?>> chunk = new ArrayList<>();
			for (int i = start; i < Math.min(start + CHUNK, count); i++) {
				chunk.add(connection.async()
					.set(PathSamples.path(i), "1", SetArgs.Builder.ex(TrackedPaths.lifetime(random))));
			}
			connection.flushCommands();
			LettuceFutures.awaitAll(connection.getTimeout(), chunk.toArray(RedisFuture<?>[]::new));
		}
		connection.setAutoFlushCommands(true);
	}

	/**
	 * Has Redis name all keys, and throws the answer away.
	 */
	static void keys(RedisProbe redis) {
		KeyStreamingChannel<String> none = (key) -> {
		};
		redis.commands().keys(none, "*");
	}

	static void flush(RedisProbe redis) {
		redis.commands().flushdb();
	}

}
