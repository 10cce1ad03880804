package io.github.cftracker.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What fails over, and how often.
 *
 * @param topology the servers
 * @param waitReplicas {@code cf.tracker.redis.wait-replicas}
 * @param lag how long before their master is killed the replicas are cut off, so that the
 * failover rolls back so much
 * @param phases when masters are killed
 * @param rounds how often in each phase
 */
record FailoverSetup(Topology topology, int waitReplicas, Duration lag, List<Phase> phases, int rounds) {

	static List<FailoverSetup> all() {
		List<FailoverSetup> all = new ArrayList<>();
		List<Phase> phases = list("phases", "recording,claim,run").stream().map(Phase::of).toList();
		for (String topology : list("topologies", "cluster,sentinel")) {
			for (String waitReplicas : list("wait-replicas", "0")) {
				for (String lag : list("lag", "0")) {
					all.add(new FailoverSetup(Topology.of(topology), Integer.parseInt(waitReplicas),
							Duration.ofMillis(Long.parseLong(lag)), phases, Integer.getInteger("failover.rounds", 1)));
				}
			}
		}
		return all;
	}

	private static List<String> list(String name, String otherwise) {
		return Arrays.asList(System.getProperty("failover." + name, otherwise).split(","));
	}

	@Override
	public String toString() {
		return "%s-wait-%d-lag-%d".formatted(this.topology, this.waitReplicas, this.lag.toMillis());
	}

}
