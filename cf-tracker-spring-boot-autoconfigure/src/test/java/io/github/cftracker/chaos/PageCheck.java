package io.github.cftracker.chaos;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/**
 * What became of the requests to nodes: none failed while its node was there. A request
 * that is not answered within the patience of the {@link Forwarder} has failed. How long
 * they took is a figure to read: it depends on what else the machine does.
 *
 * @param requests how many there were, without those for comparison
 * @param nodeGone how many lost their node
 * @param failed those that failed although their node was there
 * @param all how long those took that are not in the following, on nodes that are warm
 * @param redisDown how long those took that fell into an outage of Redis
 * @param control how long those took that were for comparison
 */
record PageCheck(int requests, int nodeGone, List<PageRequest> failed, Latencies all, Latencies redisDown,
		Latencies control) {

	/**
	 * A node that goes on after a pause catches up.
	 */
	private static final Duration CATCHES_UP = Duration.ofSeconds(1);

	/**
	 * Check requests.
	 * @param requests the requests
	 * @param control the name of the node without a tracker
	 * @param nodeDown whether a node was not there at some time between two
	 * @param redisDown whether Redis was not there at the time of a request
	 */
	static PageCheck of(List<PageRequest> requests, String control, NodeDown nodeDown,
			BiPredicate<Instant, Instant> redisDown) {
		List<PageRequest> compared = requests.stream().filter((request) -> request.node().equals(control)).toList();
		List<PageRequest> ours = requests.stream().filter((request) -> !request.node().equals(control)).toList();
		List<PageRequest> there = ours.stream()
			.filter((request) -> !nodeDown.between(request.node(), request.from().minus(CATCHES_UP), request.to()))
			.toList();
		Latencies others = Latencies.of(compared.stream().filter(PageRequest::isAnswered));
		Predicate<PageRequest> inOutage = (request) -> redisDown.test(request.from(), request.to());
		List<PageRequest> warm = there.stream().filter(PageRequest::isAnswered).filter(PageRequest::warm).toList();
		Latencies all = Latencies.of(warm.stream().filter(inOutage.negate()));
		Latencies outage = Latencies.of(warm.stream().filter(inOutage));
		return new PageCheck(ours.size(), ours.size() - there.size(),
				there.stream().filter((request) -> !request.isAnswered()).toList(), all, outage, others);
	}

	/**
	 * Knows when nodes were killed or paused.
	 */
	@FunctionalInterface
	interface NodeDown {

		boolean between(String node, Instant from, Instant to);

	}

}
