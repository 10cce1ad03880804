package io.github.cftracker.autoconfigure;

import io.lettuce.core.RedisURI;

/**
 * Parses {@code cf.tracker.redis-url}. There may be a password in it, so neither the URL
 * nor the parser's own error is ever shown.
 */
final class RedisUrl {

	private static final int MAX_PORT = 65535;

	private RedisUrl() {
	}

	static RedisURI parse(String url) {
		if (!url.startsWith("redis://") && !url.startsWith("rediss://")) {
			throw malformed("it begins with neither 'redis://' nor 'rediss://'");
		}
		try {
			RedisURI uri = RedisURI.create(url);
			splitHostAndPort(uri);
			return uri;
		}
		catch (RuntimeException ex) {
			throw malformed("it is not a valid URL");
		}
	}

	/**
	 * Lettuce leaves the port with a host that is no host name by the book, such as the
	 * {@code my_redis} of a container.
	 */
	private static void splitHostAndPort(RedisURI uri) {
		String host = uri.getHost();
		int colon = host.lastIndexOf(':');
		if (!host.startsWith("[") && colon != -1) {
			int port = Integer.parseInt(host.substring(colon + 1));
			if (port < 1 || port > MAX_PORT) {
				throw new IllegalArgumentException("No such port");
			}
			uri.setHost(host.substring(0, colon));
			uri.setPort(port);
		}
		if (uri.getHost().isBlank() || uri.getHost().contains("@")) {
			throw new IllegalArgumentException("No host");
		}
	}

	private static CfTrackerConfigurationException malformed(String reason) {
		return new CfTrackerConfigurationException(
				"'cf.tracker.redis-url' cannot be used: %s. Its value is not shown, because it may hold a password."
					.formatted(reason),
				"Write it as 'redis://user:password@host:6379/0', with 'rediss' for TLS and special characters in user "
						+ "and password percent-encoded.");
	}

}
