package io.github.cftracker.run;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

import io.github.cftracker.thread.Ticker;

/**
 * Time of the store, which is used for requests and deadlines. The clock of the node is
 * not used, because it may be hours off, or be set while a run is in progress. Between
 * two readings of the store's clock, elapsed time is added.
 */
final class StoreTime implements InstantSource {

	private final Lease lease;

	private final Ticker ticker;

	private volatile Reading last = new Reading(Instant.EPOCH, 0);

	StoreTime(Lease lease, Ticker ticker) {
		this.lease = lease;
		this.ticker = ticker;
	}

	/**
	 * Read the store's clock.
	 */
	void read() {
		this.last = new Reading(this.lease.read(List.of()).now(), this.ticker.nanoTime());
	}

	@Override
	public Instant instant() {
		Reading last = this.last;
		return last.time().plusNanos(this.ticker.nanoTime() - last.nanoTime());
	}

	private record Reading(Instant time, long nanoTime) {
	}

}
