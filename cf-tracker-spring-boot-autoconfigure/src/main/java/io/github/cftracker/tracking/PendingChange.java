package io.github.cftracker.tracking;

import org.jspecify.annotations.Nullable;

/**
 * What is to be written about one path, merged from all that happened to it since the
 * last flush: track it, then set its lifetime, or untrack it.
 * <p>
 * Compared by identity, and every change makes a new one, so that a flush removes only
 * what it has written. Times are milliseconds on the recorder's own clock, which lets the
 * time an entry waits count as lived.
 * <p>
 * Of several responses the oldest start counts, even where a younger one ended later: the
 * old one may have put old content into another edge.
 */
final class PendingChange {

	static final long FOREVER = Long.MAX_VALUE;

	static final long NO_RESPONSE = Long.MAX_VALUE;

	private static final long NONE = Long.MIN_VALUE;

	private final long trackUntil;

	private final long expireAt;

	private final long startedAt;

	private PendingChange(long trackUntil, long expireAt, long startedAt) {
		this.trackUntil = trackUntil;
		this.expireAt = expireAt;
		this.startedAt = startedAt;
	}

	static PendingChange track(long until) {
		return track(until, NO_RESPONSE);
	}

	static PendingChange track(long until, long startedAt) {
		return new PendingChange(until, NONE, startedAt);
	}

	static PendingChange expire(long at) {
		return new PendingChange(NONE, at, NO_RESPONSE);
	}

	static PendingChange untrack() {
		return new PendingChange(NONE, NONE, NO_RESPONSE);
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

	/**
	 * When the oldest response began.
	 * @return the time, {@link #NO_RESPONSE} if there was none
	 */
	long startedAt() {
		return this.startedAt;
	}

	/**
	 * The change, for a server that has forgotten it. It only ever adds: what another
	 * node wrote since must neither be removed nor live shorter. A new lifetime of a path
	 * tracks it, which may be one item too many, instead of too few.
	 * @param writtenAt when it was written, which is when it began if no response did
	 * @return the change, {@code null} if nothing is to be added
	 */
	@Nullable PendingChange again(long writtenAt) {
		return untracks() ? null
				: track(expires() ? this.expireAt : this.trackUntil, Math.min(this.startedAt, writtenAt));
	}

	PendingChange then(PendingChange next) {
		if (next.untracks()) {
			return next;
		}
		if (next.tracks()) {
			return new PendingChange(Math.max(this.trackUntil, next.trackUntil),
					expires() ? Math.max(this.expireAt, next.trackUntil) : NONE,
					Math.min(this.startedAt, next.startedAt));
		}
		return untracks() ? untrack() : new PendingChange(this.trackUntil, next.expireAt, this.startedAt);
	}

}
