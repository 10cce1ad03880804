package io.github.cftracker.run;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The time of the store, by which runs were requested. Deadlines go by it, because the
 * clock of a node may be hours off. Between two readings the node's clock is used for the
 * time that has passed.
 */
final class StoreTime implements InstantSource {

	private final Lease lease;

	private final Clock clock;

	private volatile Duration ahead = Duration.ZERO;

	StoreTime(Lease lease, Clock clock) {
		this.lease = lease;
		this.clock = clock;
	}

	/**
	 * Read the store's clock.
	 */
	void read() {
		this.ahead = Duration.between(this.clock.instant(), this.lease.now());
	}

	@Override
	public Instant instant() {
		return this.clock.instant().plus(this.ahead);
	}

}
