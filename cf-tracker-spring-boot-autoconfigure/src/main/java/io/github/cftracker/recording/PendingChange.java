package io.github.cftracker.recording;

import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * What is to be written about one path, merged from all that happened to it since the
 * last flush: track it, then set its lifetime, or untrack it.
 * <p>
 * Compared by identity, and whatever changes it makes a new one, so that a flush removes
 * only what it has written. Once a flush has begun to write it, it stands for nothing
 * that happens later. Times are milliseconds on the recorder's own clock, which lets the
 * time an entry waits count as lived.
 * <p>
 * Of several responses the oldest start counts, even where a younger one ended later: the
 * old one may have put old content into another edge. For the same reason it has the tags
 * of all of them.
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
		this(trackUntil, expireAt, startedAt, route, tags, NONE);
	}

	private PendingChange(long trackUntil, long expireAt, long startedAt, @Nullable String route, Set<String> tags,
			long heldUntil) {
		this.heldUntil = heldUntil;
		this.trackUntil = trackUntil;
		this.expireAt = expireAt;
		this.startedAt = startedAt;
		this.route = route;
		this.tags = tags;
	}

	static PendingChange track(long until) {
		return track(until, NO_RESPONSE, null, Set.of());
	}

	static PendingChange track(long until, long startedAt, @Nullable String route, Set<String> tags) {
		return new PendingChange(until, NONE, startedAt, route, tags);
	}

	/**
	 * Create a change again.
	 */
	static PendingChange of(long trackUntil, long expireAt, long startedAt, @Nullable String route, Set<String> tags) {
		return new PendingChange(trackUntil, expireAt, startedAt, route, tags);
	}

	static PendingChange expire(long at) {
		return new PendingChange(NONE, at, NO_RESPONSE, null, Set.of());
	}

	static PendingChange untrack() {
		return new PendingChange(NONE, NONE, NO_RESPONSE, null, Set.of());
	}

	/**
	 * Create a change that untracks a path because it was answered with 404.
	 */
	static PendingChange notFound() {
		return notFound(0);
	}

	private static PendingChange notFound(long heldUntil) {
		return new PendingChange(NONE, NONE, NO_RESPONSE, null, Set.of(), heldUntil);
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
	 * When the oldest response began.
	 * @return the time, {@link #NO_RESPONSE} if there was none
	 */
	long startedAt() {
		return this.startedAt;
	}

	/**
	 * The pattern of the handler that rendered the path.
	 * @return the pattern, {@code null} if there was none
	 */
	@Nullable String route() {
		return this.route;
	}

	/**
	 * The cache tags of the responses.
	 */
	Set<String> tags() {
		return this.tags;
	}

	/**
	 * Whether a response is behind it, and so perhaps a stranger.
	 */
	boolean isRequested() {
		return this.startedAt != NO_RESPONSE;
	}

	/**
	 * To be called before it is written.
	 */
	void beginWriting() {
		this.beingWritten = true;
	}

	/**
	 * Whether nothing is to be changed for one more response, because it is not being
	 * written yet and says all of it.
	 */
	boolean stands(long until, long startedAt, @Nullable String route, Set<String> tags) {
		return until <= this.trackUntil && startedAt >= this.startedAt && !expires()
				&& Objects.equals(route, this.route) && tags.equals(this.tags) && !this.beingWritten;
	}

	/**
	 * The tracking in it alone, for a wildcard that stands for the path.
	 */
	PendingChange folded() {
		return new PendingChange(expires() ? Math.max(this.trackUntil, this.expireAt) : this.trackUntil, NONE,
				this.startedAt, this.route, this.tags);
	}

	/**
	 * The change, for a server that has forgotten it. It only ever adds: what another
	 * node wrote since must neither be removed nor live shorter. A new lifetime of a path
	 * tracks it, which may be one item too many, instead of too few.
	 * @param writtenAt when it was written, which is when it began if no response did
	 * @return the change, {@code null} if nothing is to be added
	 */
	@Nullable PendingChange again(long writtenAt) {
		return untracks() ? null : track(expires() ? this.expireAt : this.trackUntil,
				Math.min(this.startedAt, writtenAt), this.route, this.tags);
	}

	PendingChange then(PendingChange next) {
		if (next.isNotFound()) {
			// What the application has untracked itself is not a page that got lost
			return (untracks() && !isNotFound()) ? untrack() : notFound(
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
		return untracks() ? new PendingChange(NONE, NONE, NO_RESPONSE, null, Set.of(), this.heldUntil)
				: new PendingChange(this.trackUntil, next.expireAt, this.startedAt, this.route, this.tags);
	}

}
