package io.github.cftracker.chaos;

import java.time.Duration;
import java.time.Instant;

/**
 * A request to a node, as the forwarder saw it.
 *
 * @param node the node
 * @param target the path
 * @param from when it was sent
 * @param to when it was answered, or failed
 * @param status the status, 0 without an answer
 * @param slept how long the page meant to take
 * @param warm whether the node had been running for a while
 */
record PageRequest(String node, String target, Instant from, Instant to, int status, Duration slept, boolean warm) {

	/**
	 * Longer than any pause of a node.
	 */
	private static final Duration LOST_BUT_RENDERED = Duration.ofSeconds(20);

	boolean isAnswered() {
		return this.status == 200;
	}

	Duration latency() {
		return Duration.between(this.from, this.to).minus(this.slept);
	}

	/**
	 * Whether the node may have recorded the page for what it did in a span of time.
	 */
	boolean mayHaveRendered(Instant from, Instant to) {
		Instant end = isAnswered() ? this.to : this.to.plus(LOST_BUT_RENDERED);
		return !this.from.isAfter(to) && !end.isBefore(from);
	}

}
