package io.github.cftracker.redis;

import java.time.Duration;
import java.util.List;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SslOptions;

import org.springframework.beans.factory.DisposableBean;

/**
 * The tracker's connection to Redis.
 * <p>
 * The tracker's own connection gives up after {@code cf.tracker.redis.timeout} and
 * rejects commands while it is disconnected; Lettuce's defaults wait for a minute and
 * queue. It connects when it is first used, so a Redis that is down does not keep the
 * application from starting.
 */
public final class TrackerRedisConnection implements DisposableBean {

	private final RedisConnection connection;

	private final String description;

	TrackerRedisConnection(RedisConnection connection, String description) {
		this.connection = connection;
		this.description = description;
	}

	/**
	 * Connect to a server of the tracker's own.
	 * @param uri where to: a server, or Sentinels
	 * @param timeout for connects and commands
	 * @return the connection
	 */
	public static TrackerRedisConnection to(RedisURI uri, Duration timeout) {
		return to(List.of(uri), timeout);
	}

	/**
	 * Connect to servers of the tracker's own, and trust the JVM's certificates.
	 * @param uris where to: a server, Sentinels, or several nodes of a Redis Cluster
	 * @param timeout for connects and commands
	 * @return the connection
	 */
	public static TrackerRedisConnection to(List<RedisURI> uris, Duration timeout) {
		return to(uris, SslOptions.create(), timeout);
	}

	/**
	 * Connect to servers of the tracker's own.
	 * @param uris where to: a server, Sentinels, or several nodes of a Redis Cluster, of
	 * which the first determines login, TLS, and what is verified about certificates;
	 * they are changed
	 * @param ssl certificates for TLS
	 * @param timeout for connects and commands
	 * @return the connection
	 */
	public static TrackerRedisConnection to(List<RedisURI> uris, SslOptions ssl, Duration timeout) {
		return new TrackerRedisConnection(new LettuceConnection(RedisServers.at(uris, timeout),
				() -> OwnClientOptions.with(ClientOptions.builder().sslOptions(ssl).build(), timeout),
				OwnClientResources::create, timeout), "own connection");
	}

	RedisConnection connection() {
		return this.connection;
	}

	/**
	 * Describe whose connection it is.
	 * @return a few words
	 */
	@Override
	public String toString() {
		return this.description;
	}

	@Override
	public void destroy() {
		this.connection.close();
	}

}
