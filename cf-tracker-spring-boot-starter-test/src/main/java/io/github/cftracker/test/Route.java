package io.github.cftracker.test;

import java.util.Objects;

/**
 * What a distribution does with one request target. The query string begins with the
 * question mark, or is empty where there is none.
 */
record Route(Distribution distribution, Behavior behavior, String path, String query) {

	boolean caches(String method) {
		return this.behavior.caches(method);
	}

	/**
	 * What an answer is cached under, and what invalidations name.
	 */
	String cacheKey() {
		return this.path + this.behavior.queryStrings().filter(this.query);
	}

	DistributionOrigin origin() {
		return Objects.requireNonNull(this.distribution.origins().get(this.behavior.originId()));
	}

	/**
	 * What the origin is asked for.
	 */
	String originTarget() {
		String rootObject = this.distribution.defaultRootObject();
		String asked = (this.path.equals("/") && !rootObject.isEmpty()) ? "/" + rootObject : this.path;
		// The asterisk of OPTIONS is no path
		String prefix = asked.startsWith("/") ? origin().path() : "";
		return prefix + asked
				+ (this.behavior.forwardsWholeQuery() ? this.query : this.behavior.queryStrings().filter(this.query));
	}

}
