package io.github.cftracker.chaos;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * A node was killed. What it stored at the edge and had not written yet is lost.
 *
 * @param node the node
 * @param at when the signal was sent
 * @param gone when the process had ended
 * @param pauses when the node had stood still before, or was late to write
 */
record Kill(String node, Instant at, Instant gone, List<Downtime> pauses) {

	/**
	 * Whether what this node stored at a time may have been lost.
	 */
	boolean mayHaveLost(Instant storedAt, Collection<Downtime> redisOutages) {
		// What was on its way when the node died arrives a little later
		return !storedAt.isBefore(unwrittenSince(redisOutages)) && !storedAt.isAfter(this.gone.plus(Unflushed.BOUND));
	}

	/**
	 * Whether more than usual was not written.
	 */
	boolean isInOutage(Collection<Downtime> redisOutages) {
		return unwrittenSince(redisOutages).isBefore(Unflushed.since(this.at, List.of()));
	}

	private Instant unwrittenSince(Collection<Downtime> redisOutages) {
		return Unflushed.since(this.at, Stream.concat(this.pauses.stream(), redisOutages.stream()).toList());
	}

}
