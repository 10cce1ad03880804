package io.github.cftracker.redis;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Connection to Redis. The keys of a script are in one hash slot. Scripts and commands go
 * to the master of their keys, because replicas may lack what was just written. Each
 * method may throw {@link RedisAccessException}.
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
	 * Execute a command.
	 * @param result the class of the result: a number, a text, or a list, which may have
	 * a list in it
	 * @param args the further arguments, as their {@code toString()}
	 * @return the result, {@code null} for nil
	 */
	<T> @Nullable T execute(Class<T> result, String command, String key, Object... args);

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

}
