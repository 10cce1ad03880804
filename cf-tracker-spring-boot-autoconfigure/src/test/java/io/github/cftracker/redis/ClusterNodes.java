package io.github.cftracker.redis;

import java.util.List;
import java.util.stream.Stream;

import io.github.cftracker.testing.TestRedisCluster;
import io.lettuce.core.RedisURI;

/**
 * The addresses of a cluster for tests.
 */
final class ClusterNodes {

	private ClusterNodes() {
	}

	static List<RedisURI> of(TestRedisCluster cluster) {
		String nodes = cluster.properties().get(0).split("=")[1];
		return Stream.of(nodes.split(",")).map((node) -> RedisURI.create("redis://" + node)).toList();
	}

}
