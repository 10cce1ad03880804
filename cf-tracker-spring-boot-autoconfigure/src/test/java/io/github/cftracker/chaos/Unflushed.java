package io.github.cftracker.chaos;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * What a node may have recorded and not yet written: what is younger than a flush
 * interval plus one flush, or than the last outage in which flushes failed.
 */
final class Unflushed {

	/**
	 * A flush interval is 100 ms. The rest is one flush, and a busy machine.
	 */
	static final Duration BOUND = Duration.ofSeconds(1);

	/**
	 * The flusher's longest pause after failures.
	 */
	private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

	private Unflushed() {
	}

	/**
	 * The time from which on something may not have been written yet.
	 * @param at the time that is asked about
	 * @param outages when Redis did not answer, or the node stood still
	 * @return the time
	 */
	static Instant since(Instant at, Collection<Downtime> outages) {
		Instant since = at;
		List<Downtime> newestFirst = outages.stream().sorted(Comparator.comparing(Downtime::from).reversed()).toList();
		for (Downtime outage : newestFirst) {
			if (outage.from().isBefore(since) && caughtUp(outage).isAfter(since)) {
				since = outage.from();
			}
		}
		return since.minus(BOUND);
	}

	// The pause doubles with every failure, so it is never longer than twice the outage
	private static Instant caughtUp(Downtime outage) {
		if (outage.to().equals(Instant.MAX)) {
			return Instant.MAX;
		}
		Duration pause = Duration.between(outage.from(), outage.to()).multipliedBy(2);
		return outage.to().plus((pause.compareTo(LONGEST_PAUSE) < 0) ? pause : LONGEST_PAUSE).plus(BOUND);
	}

}
