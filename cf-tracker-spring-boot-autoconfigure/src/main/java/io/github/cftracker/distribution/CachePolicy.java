package io.github.cftracker.distribution;

import java.time.Duration;

/**
 * Cache policy of a cache behavior.
 *
 * @param minTtl the minimum TTL, which applies even to {@code no-store}
 * @param defaultTtl the TTL of a response without one
 * @param maxTtl the maximum TTL; zero caches nothing
 * @param queryStrings the part of the query string in the cache key
 * @see <a href=
 * "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/controlling-the-cache-key.html">Control
 * the cache key with a policy</a>
 */
public record CachePolicy(Duration minTtl, Duration defaultTtl, Duration maxTtl, QueryStrings queryStrings) {

	/**
	 * Return whether nothing is cached.
	 * @return whether the maximum TTL is zero
	 */
	public boolean isDisabled() {
		return this.maxTtl.isZero();
	}

}
