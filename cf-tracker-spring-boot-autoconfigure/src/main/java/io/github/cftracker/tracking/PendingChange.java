package io.github.cftracker.tracking;

/**
 * What is to be written about one path, merged from all that happened to it since the
 * last flush: track it, then set its lifetime, or untrack it.
 * <p>
 * Compared by identity, and every change makes a new one, so that a flush removes only
 * what it has written. Times are milliseconds on the recorder's own clock, which lets the
 * time an entry waits count as lived.
 */
final class PendingChange {

	static final long FOREVER = Long.MAX_VALUE;

	private static final long NONE = Long.MIN_VALUE;

	private final long trackUntil;

	private final long expireAt;

	private PendingChange(long trackUntil, long expireAt) {
		this.trackUntil = trackUntil;
		this.expireAt = expireAt;
	}

	static PendingChange track(long until) {
		return new PendingChange(until, NONE);
	}

	static PendingChange expire(long at) {
		return new PendingChange(NONE, at);
	}

	static PendingChange untrack() {
		return new PendingChange(NONE, NONE);
	}

	boolean tracks() {
		return this.trackUntil != NONE;
	}

	boolean expires() {
		return this.expireAt != NONE;
	}

	boolean untracks() {
		return !tracks() && !expires();
	}

	long trackUntil() {
		return this.trackUntil;
	}

	long expireAt() {
		return this.expireAt;
	}

	PendingChange then(PendingChange next) {
		if (next.untracks()) {
			return next;
		}
		if (next.tracks()) {
			return new PendingChange(Math.max(this.trackUntil, next.trackUntil),
					expires() ? Math.max(this.expireAt, next.trackUntil) : NONE);
		}
		return untracks() ? untrack() : new PendingChange(this.trackUntil, next.expireAt);
	}

}
