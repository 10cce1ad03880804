package io.github.cftracker.test;

import org.jspecify.annotations.Nullable;

/**
 * A cache behavior. The default one has no pattern.
 *
 * @param cachePolicyId the id that was set for its cache policy, empty where only the
 * element is shown
 */
record Behavior(@Nullable PathPattern pattern, String originId, QueryStrings queryStrings, boolean forwardsWholeQuery,
		TtlLimits ttl, @Nullable String cachePolicyId, boolean cachesOptions, boolean legacy,
		@Nullable EdgeFunction viewerRequest, @Nullable EdgeFunction originRequest) {

	boolean matches(String normalisedPath) {
		return this.pattern == null || this.pattern.matches(normalisedPath);
	}

	boolean caches(String method) {
		return EdgeHandler.isCacheable(method) || (this.cachesOptions && method.equals("OPTIONS"));
	}

}
