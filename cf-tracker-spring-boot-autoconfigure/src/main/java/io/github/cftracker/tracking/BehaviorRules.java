package io.github.cftracker.tracking;

import io.github.cftracker.distribution.CacheBehavior;
import org.jspecify.annotations.Nullable;

/**
 * Rules of a cache behavior.
 *
 * @param behavior the cache behavior, {@code null} if it is unknown
 * @param policy decides about responses
 * @param mapping finds the invalidation paths
 * @param findings what requests show to be wrong
 * @param failsOver whether CloudFront requests another origin if this application answers
 * with 404
 */
record BehaviorRules(@Nullable CacheBehavior behavior, TrackingPolicy policy, PathMapping mapping,
		RequestFindings findings, boolean failsOver) {

	/**
	 * Return whether it caches anything, as far as is known.
	 */
	boolean caches() {
		return this.behavior == null || !this.behavior.isDisabled();
	}

}
