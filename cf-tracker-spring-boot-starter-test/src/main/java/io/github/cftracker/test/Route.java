package io.github.cftracker.test;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * What a distribution does with one request target. The path is the one after the viewer
 * request. The query string begins with the question mark, or is empty where there is
 * none.
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

	/**
	 * The origin group to ask, or {@code null} where it is a single origin.
	 */
	@Nullable OriginGroup originGroup() {
		return this.distribution.originGroups().get(this.behavior.originId());
	}

	DistributionOrigin primaryOrigin() {
		OriginGroup group = originGroup();
		return origin((group != null) ? group.primaryOriginId() : this.behavior.originId());
	}

	DistributionOrigin origin(String id) {
		return Objects.requireNonNull(this.distribution.origins().get(id));
	}

	/**
	 * The headers that the edge sends the origin in place of the viewer's.
	 */
	Map<String, String> originHeaders(DistributionOrigin origin) {
		Map<String, String> headers = new LinkedHashMap<>(origin.headers());
		headers.putAll(EdgeFunction.headers(this.behavior.originRequest(), this.path));
		return headers;
	}

	/**
	 * What the origin is asked for.
	 */
	String originTarget(DistributionOrigin origin) {
		String rootObject = this.distribution.defaultRootObject();
		String rewritten = EdgeFunction.rewrite(this.behavior.originRequest(), this.path);
		String asked = (rewritten.equals("/") && !rootObject.isEmpty()) ? "/" + rootObject : rewritten;
		// The asterisk of OPTIONS is no path
		String prefix = asked.startsWith("/") ? origin.path() : "";
		return prefix + asked
				+ (this.behavior.forwardsWholeQuery() ? this.query : this.behavior.queryStrings().filter(this.query));
	}

}
