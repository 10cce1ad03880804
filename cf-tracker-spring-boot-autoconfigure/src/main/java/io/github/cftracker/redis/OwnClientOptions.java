package io.github.cftracker.redis;

import java.time.Duration;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;

/**
 * Options of the tracker's own connections: whatever they do ends within the timeout, and
 * they find the new master or the new owner of a slot by themselves. Lettuce's defaults
 * wait for a minute, queue commands while disconnected, and look at a cluster's topology
 * only after an error, which a master that hangs does not give.
 */
final class OwnClientOptions {

	private static final Duration TOPOLOGY_REFRESH = Duration.ofSeconds(10);

	private static final Duration BETWEEN_REFRESHES = Duration.ofSeconds(1);

	private OwnClientOptions() {
	}

	/**
	 * Options of a cluster's client, which the client of a single server takes as well.
	 */
	static ClusterClientOptions with(ClientOptions base, Duration timeout) {
		ClusterClientOptions.Builder options = (base instanceof ClusterClientOptions cluster) ? cluster.mutate()
				: ClusterClientOptions.builder(base);
		return options.topologyRefreshOptions(topologyRefresh())
			.autoReconnect(true)
			.disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
			.timeoutOptions(TimeoutOptions.enabled(timeout))
			.socketOptions(base.getSocketOptions().mutate().connectTimeout(timeout).build())
			.sslOptions(base.getSslOptions().mutate().handshakeTimeout(timeout).build())
			.build();
	}

	/**
	 * Return options with all triggers. They are the default of Lettuce 7, and not of
	 * Lettuce 6, which Spring Boot 4.0 manages.
	 */
	@SuppressWarnings("deprecation")
	private static ClusterTopologyRefreshOptions topologyRefresh() {
		return ClusterTopologyRefreshOptions.builder()
			.enableAllAdaptiveRefreshTriggers()
			.adaptiveRefreshTriggersTimeout(BETWEEN_REFRESHES)
			.enablePeriodicRefresh(TOPOLOGY_REFRESH)
			.dynamicRefreshSources(true)
			.build();
	}

}
