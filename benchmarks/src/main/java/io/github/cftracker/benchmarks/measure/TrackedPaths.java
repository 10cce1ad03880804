package io.github.cftracker.benchmarks.measure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;

import io.github.cftracker.PathLifetime;
import io.github.cftracker.PathPatterns;
import io.github.cftracker.UrlStore;
import io.github.cftracker.benchmarks.PathSamples;
import io.github.cftracker.redis.RedisKeys;
import io.github.cftracker.redis.RedisUrlStore;
import io.github.cftracker.redis.TrackerRedisConnection;
import io.lettuce.core.RedisURI;

/**
 * The starter's store, without an application around it, which would send what it is told
 * to.
 */
public final class TrackedPaths implements AutoCloseable {

	private static final int CHUNK = 1000;

	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private static final String ROUTE = "/shop/{category}/{product}/reviews-and-sizes";

	private final TrackerRedisConnection redis;

	private final UrlStore store;

	/**
	 * Connect.
	 * @param redisUrl the server's
	 */
	public TrackedPaths(String redisUrl) {
		this.redis = TrackerRedisConnection.to(RedisURI.create(redisUrl), TIMEOUT);
		this.store = new RedisUrlStore(this.redis, new RedisKeys("cf-tracker", Application.DISTRIBUTION_ID),
				Duration.ofMinutes(10), PathPatterns.UNKNOWN, 1_000_000);
	}

	/**
	 * Return the store.
	 * @return the store
	 */
	public UrlStore store() {
		return this.store;
	}

	/**
	 * Return the connection to the server.
	 * @return the connection
	 */
	public TrackerRedisConnection redis() {
		return this.redis;
	}

	/**
	 * Track paths.
	 * @param count how many
	 */
	public void track(int count) {
		Random random = new Random(42);
		List<PathLifetime> chunk = new ArrayList<>(CHUNK);
		for (int i = 0; i < count; i++) {
			chunk.add(new PathLifetime(PathSamples.path(i), lifetime(random), Duration.ZERO, ROUTE, Set.of()));
			if (chunk.size() == CHUNK || i == count - 1) {
				this.store.track(chunk);
				chunk.clear();
			}
		}
	}

	/**
	 * Draw a lifetime.
	 * @param random where from
	 * @return from two hours to seven days
	 */
	public static Duration lifetime(Random random) {
		return Duration.ofSeconds(7200 + random.nextInt(597_600));
	}

	@Override
	public void close() {
		this.redis.destroy();
	}

}
