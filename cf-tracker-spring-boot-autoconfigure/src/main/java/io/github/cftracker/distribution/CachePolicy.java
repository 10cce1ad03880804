package io.github.cftracker.distribution;

/**
 * Cache policy of a cache behavior.
 *
 * @param ttls how long objects are kept
 * @param queryStrings the part of the query string in the cache key
 * @see <a href=
 * "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/controlling-the-cache-key.html">Control
 * the cache key with a policy</a>
 */
public record CachePolicy(Ttls ttls, QueryStrings queryStrings) {

	/**
	 * Return whether nothing is cached.
	 * @return whether the maximum TTL is zero
	 */
	public boolean isDisabled() {
		return this.ttls.max().isZero();
	}

}
