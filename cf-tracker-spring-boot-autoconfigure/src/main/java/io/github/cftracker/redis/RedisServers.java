package io.github.cftracker.redis;

import java.time.Duration;
import java.util.List;

import io.github.cftracker.redis.RedisConnection.Topology;
import io.lettuce.core.RedisURI;

/**
 * Servers of the tracker's own connections.
 *
 * @param topology what they are
 * @param uris a server, Sentinels, or nodes of a cluster
 * @param own whether the tracker's own properties name them, and not the application's
 */
record RedisServers(Topology topology, List<RedisURI> uris, boolean own) {

	/**
	 * Create servers from addresses, which are changed. One is that of a server or of
	 * Sentinels, several are those of a cluster, which has the login and the TLS of the
	 * first.
	 */
	static RedisServers at(List<RedisURI> uris, Duration timeout) {
		RedisURI first = uris.get(0);
		for (RedisURI uri : uris) {
			uri.applyAuthentication(first);
			uri.applySsl(first);
			uri.setTimeout(timeout);
			for (RedisURI sentinel : uri.getSentinels()) {
				sentinel.applySsl(first);
				sentinel.setTimeout(timeout);
			}
		}
		Topology single = first.getSentinels().isEmpty() ? Topology.STANDALONE : Topology.SENTINEL;
		return new RedisServers((uris.size() > 1) ? Topology.CLUSTER : single, uris.stream().distinct().toList(), true);
	}

}
