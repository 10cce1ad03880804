package io.github.cftracker.chaos;

import java.util.Locale;
import java.util.function.Supplier;

import io.github.cftracker.testing.ReplicatedRedis;
import io.github.cftracker.testing.TestRedisCluster;
import io.github.cftracker.testing.TestSentinels;

/**
 * How Redis fails over.
 */
enum Topology {

	CLUSTER(TestRedisCluster::start),

	SENTINEL(TestSentinels::start);

	private final Supplier<ReplicatedRedis> starter;

	Topology(Supplier<ReplicatedRedis> starter) {
		this.starter = starter;
	}

	static Topology of(String name) {
		return valueOf(name.toUpperCase(Locale.ROOT));
	}

	ReplicatedRedis start() {
		return this.starter.get();
	}

	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT);
	}

}
