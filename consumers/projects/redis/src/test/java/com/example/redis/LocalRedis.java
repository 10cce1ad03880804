package com.example.redis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import redis.embedded.RedisServer;
import redis.embedded.core.RedisServerBuilder;

/**
 * A Redis server on a free port of the loopback.
 */
final class LocalRedis implements AutoCloseable {

	private final int port = freePort();

	private final String password;

	private final RedisServer server;

	LocalRedis() {
		this("");
	}

	private LocalRedis(String password, String... settings) {
		this.password = password;
		try {
			RedisServerBuilder builder = RedisServer.newRedisServer().port(this.port).bind("127.0.0.1");
			builder.setting("save \"\"");
			Stream.of(settings).forEach(builder::setting);
			this.server = builder.build();
			this.server.start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	static LocalRedis requiring(String password) {
		return new LocalRedis(password, "requirepass " + password);
	}

	static LocalRedis replicaOf(LocalRedis master) {
		return new LocalRedis("", "replicaof 127.0.0.1 " + master.port());
	}

	static int freePort() {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	int port() {
		return this.port;
	}

	String url() {
		return "redis://%s127.0.0.1:%d".formatted(this.password.isEmpty() ? "" : ":" + this.password + "@", this.port);
	}

	/**
	 * Remove all keys, and return those that there were.
	 */
	Set<String> drain() {
		RedisClient client = RedisClient.create(RedisURI.create(url()));
		try (StatefulRedisConnection<String, String> connection = client.connect()) {
			Set<String> keys = new TreeSet<>(connection.sync().keys("*"));
			connection.sync().flushall();
			return keys;
		}
		finally {
			client.shutdown();
		}
	}

	@Override
	public void close() {
		try {
			this.server.stop();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
