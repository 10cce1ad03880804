package io.github.cftracker.recording;

import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Change of one path, merged from everything that happened to it since the last flush:
 * track it, then set its lifetime, or untrack it. Immutable except for
 * {@link #beginWriting()}, and compared by identity, so that a flush removes only what it
 * has written. Times are milliseconds of {@link RecorderClock}.
 * <p>
 * If a path has several responses, the oldest start counts, even if a newer response
 * ended later: the older one may have put old content into another edge. For the same
 * reason the change has the tags of all of them.
 */
final class PendingChange {

	static final long FOREVER = Long.MAX_VALUE;

	static final long NO_RESPONSE = Long.MAX_VALUE;

	private static final long NONE = Long.MIN_VALUE;

	private final long trackUntil;

	private final long expireAt;

	private final long startedAt;

	private final @Nullable String route;

	private final Set<String> tags;

	private final long heldUntil;

	private volatile boolean beingWritten;

	private PendingChange(long trackUntil, long expireAt, long startedAt, @Nullable String route, Set<String> tags) {
		this.trackUntil = trackUntil;
		this.expireAt = expireAt;
		this.startedAt = startedAt;
		this.route = route;
		this.tags = tags;
		this.heldUntil = NONE;
	}

	/**
	 * Create a change that untracks a path.
	 * @param heldUntil until when the path would have been tracked, {@link #NONE} if no
	 * 404 untracks it
	 */
	private PendingChange(long heldUntil) {
		this.trackUntil = NONE;
		this.expireAt = NONE;
		this.startedAt = NO_RESPONSE;
		this.route = null;
		this.tags = Set.of();
		this.heldUntil = heldUntil;
	}

	static PendingChange track(long until) {
		return track(until, NO_RESPONSE, null, Set.of());
	}

	static PendingChange track(long until, long startedAt, @Nullable String route, Set<String> tags) {
		return new PendingChange(until, NONE, startedAt, route, tags);
	}

	/**
	 * Create a change from the values of another one.
	 */
	static PendingChange of(long trackUntil, long expireAt, long startedAt, @Nullable String route, Set<String> tags) {
		return new PendingChange(trackUntil, expireAt, startedAt, route, tags);
	}

	static PendingChange expire(long at) {
		return new PendingChange(NONE, at, NO_RESPONSE, null, Set.of());
	}

	static PendingChange untrack() {
		return new PendingChange(NONE);
	}

	/**
	 * Create a change that untracks a path because it was answered with 404.
	 */
	static PendingChange notFound() {
		return new PendingChange(0);
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

	/**
	 * Return whether a 404 untracks the path.
	 */
	boolean isNotFound() {
		return this.heldUntil != NONE;
	}

	/**
	 * Return until when the path would have been tracked that a 404 untracks, as far as
	 * that was not written yet.
	 */
	long heldUntil() {
		return this.heldUntil;
	}

	long trackUntil() {
		return this.trackUntil;
	}

	long expireAt() {
		return this.expireAt;
	}

	/**
	 * Return when the oldest response began.
	 * @return the time, {@link #NO_RESPONSE} if there was none
	 */
	long startedAt() {
		return this.startedAt;
	}

	/**
	 * Return the pattern of the handler that rendered the path.
	 * @return the pattern, {@code null} if there was none
	 */
	@Nullable String route() {
		return this.route;
	}

	/**
	 * Return the cache tags of the responses.
	 */
	Set<String> tags() {
		return this.tags;
	}

	/**
	 * Return whether a client has requested the path, and not the application alone.
	 */
	boolean isRequested() {
		return this.startedAt != NO_RESPONSE;
	}

	/**
	 * Mark the change before it is written: from then on it covers no later response.
	 */
	void beginWriting() {
		this.beingWritten = true;
	}

	/**
	 * Return whether one more response adds nothing, and the change is not being written
	 * yet.
	 */
	boolean covers(long until, long startedAt, @Nullable String route, Set<String> tags) {
		return until <= this.trackUntil && startedAt >= this.startedAt && !expires()
				&& Objects.equals(route, this.route) && tags.equals(this.tags) && !this.beingWritten;
	}

	/**
	 * Return the change for a wildcard that is tracked instead of the path.
	 */
	PendingChange folded() {
		return new PendingChange(expires() ? Math.max(this.trackUntil, this.expireAt) : this.trackUntil, NONE,
				this.startedAt, this.route, this.tags);
	}

	/**
	 * Return the change for a server that has lost it. It only adds: a path that another
	 * node has written since must neither be removed nor live shorter. A new lifetime
	 * tracks the path, which may be one item too many instead of one too few.
	 * @param writtenAt when it was written, which is the start if there was no response
	 * @return the change, {@code null} if there is nothing to add
	 */
	@Nullable PendingChange again(long writtenAt) {
		return untracks() ? null : track(expires() ? this.expireAt : this.trackUntil,
				Math.min(this.startedAt, writtenAt), this.route, this.tags);
	}

	/**
	 * Return the change that has the effect of this one and the next.
	 */
	PendingChange then(PendingChange next) {
		if (next.isNotFound()) {
			// What the application has untracked itself is not a page that got lost
			return (untracks() && !isNotFound()) ? untrack() : new PendingChange(
					Math.max(Math.max(this.heldUntil, next.heldUntil), expires() ? this.expireAt : this.trackUntil));
		}
		if (next.untracks()) {
			return next;
		}
		if (next.tracks()) {
			return new PendingChange(Math.max(this.trackUntil, next.trackUntil),
					expires() ? Math.max(this.expireAt, next.trackUntil) : NONE,
					Math.min(this.startedAt, next.startedAt), (next.route != null) ? next.route : this.route,
					tracks() ? KnownTags.ofBoth(this.tags, next.tags) : next.tags);
		}
		return untracks() ? new PendingChange(this.heldUntil)
				: new PendingChange(this.trackUntil, next.expireAt, this.startedAt, this.route, this.tags);
	}

}
