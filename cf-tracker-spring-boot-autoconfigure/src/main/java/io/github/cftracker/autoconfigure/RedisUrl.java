package io.github.cftracker.autoconfigure;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.lettuce.core.RedisURI;

/**
 * Parser of {@code cf.tracker.redis-url}: one server, Sentinels, or several nodes of a
 * Redis Cluster. The URL may contain a password, so neither the URL nor the parser's own
 * error is ever shown.
 */
final class RedisUrl {

	private static final int MAX_PORT = 65535;

	/**
	 * Pattern of a URL. The login ends at the last {@code @}, the hosts at the first of
	 * {@code / ? #}.
	 */
	private static final Pattern PARTS = Pattern
		.compile("(?<login>rediss?(?<sentinel>-sentinel)?://(?:[^/?#]*@)?)(?<hosts>[^/?#]*)(?<rest>.*)");

	private RedisUrl() {
	}

	/**
	 * Return one address, which may be that of Sentinels, or the nodes of a cluster.
	 */
	static List<RedisURI> parse(String url) {
		Matcher parts = PARTS.matcher(url);
		if (!parts.matches()) {
			throw malformed("it must start with 'redis://', 'rediss://', 'redis-sentinel://' or 'rediss-sentinel://'");
		}
		boolean sentinel = parts.group("sentinel") != null;
		checkMaster(sentinel, parts.group("rest"));
		List<RedisURI> nodes = nodes(parts);
		if (sentinel) {
			return List.of(combined(nodes));
		}
		if (nodes.size() > 1 && nodes.get(0).getDatabase() != 0) {
			throw malformed("several hosts select a Redis Cluster, which supports only database 0");
		}
		return nodes;
	}

	private static void checkMaster(boolean sentinel, String rest) {
		boolean named = rest.matches(".*(#|[?&]sentinelMasterId=).+");
		if (sentinel && !named) {
			throw malformed("it must end with the name of the master that the Sentinels monitor, such as '#mymaster'");
		}
		if (!sentinel && named) {
			throw malformed("it ends with the name of a master, but does not start with 'redis-sentinel://'");
		}
	}

	private static List<RedisURI> nodes(Matcher parts) {
		try {
			return Stream.of(parts.group("hosts").split(",", -1))
				.map((host) -> node(parts.group("login") + host + parts.group("rest")))
				.toList();
		}
		catch (RuntimeException ex) {
			throw malformed("it is not a valid URL");
		}
	}

	private static RedisURI node(String url) {
		RedisURI uri = RedisURI.create(url);
		if (uri.getSentinels().isEmpty()) {
			splitHostAndPort(uri);
		}
		return uri;
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
				throw new IllegalArgumentException("The port is out of range");
			}
			uri.setHost(host.substring(0, colon));
			uri.setPort(port);
		}
		if (uri.getHost().isBlank() || uri.getHost().contains("@")) {
			throw new IllegalArgumentException("The host is missing");
		}
	}

	private static RedisURI combined(List<RedisURI> sentinels) {
		RedisURI first = sentinels.get(0);
		sentinels.stream().skip(1).forEach((other) -> first.getSentinels().addAll(other.getSentinels()));
		return first;
	}

	private static CfTrackerConfigurationException malformed(String reason) {
		return new CfTrackerConfigurationException(
				"'cf.tracker.redis-url' is invalid: %s. The value is not shown because it may contain a password."
					.formatted(reason),
				"Use 'redis://user:password@host:6379/0' for one server, 'redis://user:password@host1:6379,host2:6379' for a "
						+ "Redis Cluster, or 'redis-sentinel://user:password@host1:26379,host2:26379/0#mymaster' for "
						+ "Sentinels. Use 'rediss' for TLS, and percent-encode special characters in user and password.");
	}

}
