package io.github.cftracker.tracking;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Decision about the path of a finished response.
 *
 * @param action what to do
 * @param lifetime how long to track, zero unless the action is {@link Action#TRACK}
 * @param forbidden whether the response asks not to be cached, and is tracked because
 * CloudFront caches it for its MinTTL anyway
 * @param atLeast the lifetime that a 304 gives itself, if it leaves the lifetime to the
 * response that CloudFront has stored: {@code lifetime} is then the longest possible.
 * {@code null} for other responses
 */
public record Decision(Action action, Duration lifetime, boolean forbidden, @Nullable Duration atLeast) {

	static final Decision IGNORE = new Decision(Action.IGNORE, Duration.ZERO, false, null);

	static final Decision NOT_FOUND = new Decision(Action.NOT_FOUND, Duration.ZERO, false, null);

	/**
	 * Return the decision that loses nothing if either of both may be right.
	 */
	Decision or(Decision other) {
		if (this.action == Action.TRACK && other.action == Action.TRACK) {
			return (this.lifetime.compareTo(other.lifetime) >= 0) ? this : other;
		}
		if (this.action == Action.TRACK || other.action == Action.TRACK) {
			return (this.action == Action.TRACK) ? this : other;
		}
		return (this.action == other.action) ? this : IGNORE;
	}

	/**
	 * What to do with a path.
	 */
	public enum Action {

		/**
		 * Track it.
		 */
		TRACK,

		/**
		 * Leave it as it is: CloudFront does not cache this response.
		 */
		IGNORE,

		/**
		 * Hand it to the handler for 404 responses.
		 */
		NOT_FOUND

	}

	static Decision track(Duration lifetime) {
		return track(lifetime, false);
	}

	static Decision track(Duration lifetime, boolean forbidden) {
		return (lifetime.isZero() || lifetime.isNegative()) ? IGNORE
				: new Decision(Action.TRACK, lifetime, forbidden, null);
	}

	static Decision renew(Duration atLeast, Duration longest) {
		return longest.isZero() ? IGNORE : new Decision(Action.TRACK, longest, false, atLeast);
	}

}
