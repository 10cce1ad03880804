package io.github.cftracker.distribution;

import java.time.Duration;

/**
 * How a cache behavior caches.
 *
 * @param minTtl the shortest time, which even {@code no-store} does not shorten
 * @param defaultTtl the time of a response that says none
 * @param maxTtl the longest time; zero caches nothing
 * @param queryStrings what of the query string is part of the cache key
 * @see <a href=
 * "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/controlling-the-cache-key.html">Control
 * the cache key with a policy</a>
 */
public record CachePolicy(Duration minTtl, Duration defaultTtl, Duration maxTtl, QueryStrings queryStrings) {

	/**
	 * Whether nothing is cached.
	 * @return whether the longest time is zero
	 */
	public boolean isDisabled() {
		return this.maxTtl.isZero();
	}

}
