package io.github.cftracker.redis;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * The commands that are used, named as Redis names them. The keys of a command are in one
 * hash slot. Each method may throw {@link RedisAccessException}.
 */
interface RedisConnection extends AutoCloseable {

	/**
	 * Execute a script with {@code EVALSHA}, and with {@code EVAL} where the server does
	 * not know it.
	 * @param args the arguments, as their {@code toString()}
	 * @return the result, {@code null} for nil
	 */
	<T> @Nullable T execute(RedisScript<T> script, List<String> keys, Object... args);

	/**
	 * Return how many of the keys exist.
	 */
	long exists(List<String> keys);

	void del(String key);

	@Nullable String get(String key);

	void set(String key, String value);

	@Nullable String hget(String key, String field);

	boolean hexists(String key, String field);

	Map<String, String> hgetall(String key);

	List<@Nullable String> hmget(String key, List<String> fields);

	long llen(String key);

	/**
	 * Return a whole list.
	 */
	List<String> lrange(String key);

	/**
	 * Remove a value from a list, wherever it is.
	 */
	void lrem(String key, String value);

	Set<String> smembers(String key);

	/**
	 * Read a set in parts. Members may come twice.
	 * @param count about how many to read with one command
	 */
	void sscan(String key, int count, Consumer<String> action);

	/**
	 * Return a whole sorted set by score.
	 */
	List<String> zrange(String key);

	void zrem(String key, String member);

	/**
	 * Read a sorted set in parts. Members may come twice.
	 * @param pattern the pattern that members must match
	 * @param count about how many to read with one command
	 * @param action returns whether to continue
	 */
	void zscan(String key, String pattern, int count, Predicate<ScoredMember> action);

	/**
	 * Wait until replicas have what this connection wrote. It writes itself before, as
	 * {@code WAIT} returns at once where nothing was written on its connection, which may
	 * be a new one.
	 * @param key a hash to write to
	 * @param field the field to increment
	 * @param replicas for how many replicas to wait
	 * @param millis how long to wait
	 * @return how many have it
	 */
	long waitForReplicas(String key, String field, int replicas, long millis);

	/**
	 * Return a setting of the server that has a key, {@code null} if it is unknown.
	 */
	@Nullable String config(String key, String name);

	Topology topology();

	@Override
	void close();

	/**
	 * Servers that a connection knows.
	 */
	enum Topology {

		/**
		 * A server.
		 */
		STANDALONE,

		/**
		 * The master that Sentinels monitor.
		 */
		SENTINEL,

		/**
		 * A Redis Cluster.
		 */
		CLUSTER

	}

	/**
	 * Member of a sorted set.
	 *
	 * @param value the member
	 * @param score its score
	 */
	record ScoredMember(String value, double score) {

	}

}
