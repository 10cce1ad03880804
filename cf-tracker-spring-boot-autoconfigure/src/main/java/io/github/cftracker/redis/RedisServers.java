package io.github.cftracker.redis;

import java.util.List;
import java.util.function.Supplier;

import io.lettuce.core.RedisURI;
import org.jspecify.annotations.Nullable;

import org.springframework.data.redis.connection.RedisClusterConfiguration;
import org.springframework.data.redis.connection.RedisConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * Where our own connections go to.
 */
final class RedisServers {

	private RedisServers() {
	}

	/**
	 * One address is that of a server or of Sentinels, several are those of a cluster,
	 * where the login of the first is everybody's.
	 */
	static RedisConfiguration at(List<RedisURI> uris) {
		RedisConfiguration first = LettuceConnectionFactory.createRedisConfiguration(uris.get(0));
		if (uris.size() == 1) {
			return first;
		}
		RedisClusterConfiguration cluster = new RedisClusterConfiguration();
		uris.forEach((uri) -> cluster.clusterNode(uri.getHost(), uri.getPort()));
		if (first instanceof RedisConfiguration.WithAuthentication login) {
			cluster.setUsername(login.getUsername());
			cluster.setPassword(login.getPassword());
		}
		return cluster;
	}

	static RedisConfiguration of(LettuceConnectionFactory application) {
		return firstOf(application::getClusterConfiguration, application::getSentinelConfiguration,
				application::getSocketConfiguration, application::getStandaloneConfiguration);
	}

	@SafeVarargs
	private static RedisConfiguration firstOf(Supplier<? extends @Nullable RedisConfiguration>... candidates) {
		for (Supplier<? extends @Nullable RedisConfiguration> candidate : candidates) {
			RedisConfiguration configuration = candidate.get();
			if (configuration != null) {
				return configuration;
			}
		}
		throw new IllegalStateException("The application's Redis connection factory has no server configuration");
	}

}
