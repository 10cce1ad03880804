package io.github.cftracker.redis;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;

/**
 * Connection that sends every script twice, as a client does that has lost its connection
 * before the reply.
 */
public final class ResendingConnection {

	private ResendingConnection() {
	}

	/**
	 * Wrap a connection. The caller gets the second reply.
	 */
	public static TrackerRedisConnection of(TrackerRedisConnection redis) {
		RedisConnection connection = redis.connection();
		return new TrackerRedisConnection(
				(RedisConnection) Proxy.newProxyInstance(ResendingConnection.class.getClassLoader(),
						new Class<?>[] { RedisConnection.class }, (proxy, method, args) -> {
							if (method.getName().equals("execute")) {
								invoke(method, connection, args);
							}
							return invoke(method, connection, args);
						}),
				"resending connection");
	}

	private static Object invoke(Method method, Object target, Object[] args) throws Throwable {
		try {
			return method.invoke(target, args);
		}
		catch (InvocationTargetException ex) {
			throw ex.getCause();
		}
	}

}
