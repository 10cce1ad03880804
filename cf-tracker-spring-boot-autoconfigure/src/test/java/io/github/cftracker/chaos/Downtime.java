package io.github.cftracker.chaos;

import java.time.Instant;

/**
 * A time during which something was not there.
 */
record Downtime(Instant from, Instant to) {

	boolean overlaps(Instant from, Instant to) {
		return !this.from.isAfter(to) && !this.to.isBefore(from);
	}

}
