package io.github.cftracker.distribution;

import java.time.Duration;

/**
 * TTLs of a cache policy.
 *
 * @param min the minimum TTL, which applies even to {@code no-store}
 * @param defaultTtl the TTL of a response without one
 * @param max the maximum TTL; zero caches nothing
 */
public record Ttls(Duration min, Duration defaultTtl, Duration max) {

	/**
	 * Return how long CloudFront keeps an object.
	 * @param lifetime the lifetime that the response or the default gives
	 * @return the lifetime within the minimum and the maximum
	 */
	public Duration clamp(Duration lifetime) {
		Duration atLeast = (lifetime.compareTo(this.min) < 0) ? this.min : lifetime;
		return (atLeast.compareTo(this.max) > 0) ? this.max : atLeast;
	}

	/**
	 * Return whether CloudFront may keep objects for longer than with other TTLs.
	 */
	boolean isLongerThan(Ttls other) {
		return this.min.compareTo(other.min) > 0 || this.defaultTtl.compareTo(other.defaultTtl) > 0
				|| this.max.compareTo(other.max) > 0;
	}

}
