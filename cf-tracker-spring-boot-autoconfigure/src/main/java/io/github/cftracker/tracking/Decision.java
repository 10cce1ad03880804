package io.github.cftracker.tracking;

import java.time.Duration;

/**
 * What a finished response means for its path.
 *
 * @param action what to do
 * @param lifetime how long to track, zero unless the action is {@link Action#TRACK}
 */
public record Decision(Action action, Duration lifetime) {

	static final Decision IGNORE = new Decision(Action.IGNORE, Duration.ZERO);

	static final Decision NOT_FOUND = new Decision(Action.NOT_FOUND, Duration.ZERO);

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
		 * Hand it to the {@link NotFoundHandler}.
		 */
		NOT_FOUND

	}

	static Decision track(Duration lifetime) {
		return (lifetime.isZero() || lifetime.isNegative()) ? IGNORE : new Decision(Action.TRACK, lifetime);
	}

}
