package io.github.cftracker.testing;

import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.sentinel.api.StatefulRedisSentinelConnection;
import io.lettuce.core.sentinel.api.sync.RedisSentinelCommands;

/**
 * Commands for one server each, on a connection that is opened for it.
 */
final class RedisCalls implements AutoCloseable {

	private static final Duration TIMEOUT = Duration.ofSeconds(2);

	private final RedisClient client = RedisClient.create();

	<T> T ask(TestRedis server, Function<RedisCommands<String, String>, T> question) {
		try (StatefulRedisConnection<String, String> connection = this.client.connect(uri(server))) {
			return question.apply(connection.sync());
		}
	}

	<T> T askSentinel(TestRedis sentinel, Function<RedisSentinelCommands<String, String>, T> question) {
		try (StatefulRedisSentinelConnection<String, String> connection = this.client.connectSentinel(uri(sentinel))) {
			return question.apply(connection.sync());
		}
	}

	/**
	 * Return what a server reports about its replication.
	 */
	Map<String, String> replication(TestRedis server) {
		return ask(server, (redis) -> redis.info("replication")).lines()
			.filter((line) -> line.contains(":"))
			.map((line) -> line.split(":", 2))
			.collect(Collectors.toMap((line) -> line[0], (line) -> line[1]));
	}

	private static RedisURI uri(TestRedis server) {
		return RedisURI.builder().withHost("127.0.0.1").withPort(server.port()).withTimeout(TIMEOUT).build();
	}

	@Override
	public void close() {
		this.client.shutdown(Duration.ZERO, TIMEOUT);
	}

}
