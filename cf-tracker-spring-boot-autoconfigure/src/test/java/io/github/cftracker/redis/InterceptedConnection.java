package io.github.cftracker.redis;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/**
 * Connection on which something happens before each command reaches the server.
 */
final class InterceptedConnection {

	private InterceptedConnection() {
	}

	/**
	 * Wrap a connection.
	 */
	static TrackerRedisConnection of(TrackerRedisConnection redis, Runnable before) {
		RedisConnection connection = redis.connection();
		return new TrackerRedisConnection(
				(RedisConnection) Proxy.newProxyInstance(InterceptedConnection.class.getClassLoader(),
						new Class<?>[] { RedisConnection.class }, (proxy, method, args) -> {
							before.run();
							try {
								return method.invoke(connection, args);
							}
							catch (InvocationTargetException ex) {
								throw ex.getCause();
							}
						}),
				"intercepted connection");
	}

}
