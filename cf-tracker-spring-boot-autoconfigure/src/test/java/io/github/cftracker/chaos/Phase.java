package io.github.cftracker.chaos;

import java.util.Locale;

/**
 * What is going on when the master is killed.
 */
enum Phase {

	/**
	 * Pages are recorded, nothing is invalidated.
	 */
	RECORDING,

	/**
	 * An invalidation has just been accepted.
	 */
	CLAIM,

	/**
	 * CloudFront has accepted the first batch of a run, and others are to follow.
	 */
	RUN;

	static Phase of(String name) {
		return valueOf(name.toUpperCase(Locale.ROOT));
	}

	@Override
	public String toString() {
		return name().toLowerCase(Locale.ROOT);
	}

}
