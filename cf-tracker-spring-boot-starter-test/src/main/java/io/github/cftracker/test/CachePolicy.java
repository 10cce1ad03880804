package io.github.cftracker.test;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * What a cache behavior caches by, and for how long. Without an id of their own, equal
 * ones have one id, in every run. The edge caches by the query strings only.
 *
 * @param gzip whether it is in the cache key that the viewer accepts gzip
 * @param brotli whether it is in the cache key that the viewer accepts Brotli
 * @param headers the other headers in the cache key
 * @param cookies whether all cookies are in the cache key, or none
 */
record CachePolicy(String id, String name, QueryStrings queryStrings, TtlLimits ttl, boolean gzip, boolean brotli,
		List<String> headers, boolean cookies) {

	private static final String DEFAULT_ID = "1c0a11c1-0000-4000-8000-10ca1c10dfa7";

	/**
	 * Those of all behaviors that have one, the default behavior's first.
	 */
	static Stream<CachePolicy> of(Distribution distribution) {
		return distribution.allBehaviors()
			.filter((behavior) -> !behavior.legacy())
			.map((behavior) -> of(distribution, behavior));
	}

	static CachePolicy of(Distribution distribution, Behavior behavior) {
		String id = behavior.cachePolicyId();
		if (id != null) {
			CachePolicy managed = ManagedCachePolicies.find(id);
			return (managed != null) ? managed : own(id, "local-" + id, behavior);
		}
		Behavior first = distribution.defaultBehavior();
		if (!first.legacy() && first.cachePolicyId() == null && behavior.queryStrings().equals(first.queryStrings())
				&& behavior.ttl().equals(first.ttl())) {
			return own(DEFAULT_ID, "local", behavior);
		}
		String settings = behavior.queryStrings() + " " + behavior.ttl();
		String ofSettings = UUID.nameUUIDFromBytes(settings.getBytes(StandardCharsets.UTF_8)).toString();
		return own(ofSettings, "local-" + ofSettings, behavior);
	}

	private static CachePolicy own(String id, String name, Behavior behavior) {
		return new CachePolicy(id, name, behavior.queryStrings(), behavior.ttl(), false, false, List.of(), false);
	}

	String xml() {
		return ApiXml.document("CachePolicy",
				"""
						%s
						<LastModifiedTime>2020-05-31T00:00:00Z</LastModifiedTime>
						<CachePolicyConfig>
							<Comment>Cache policy of the local edge</Comment>
							%s
							%s
							<ParametersInCacheKeyAndForwardedToOrigin>
								%s
								%s
								<HeadersConfig>%s</HeadersConfig>
								<CookiesConfig>%s</CookiesConfig>
								<QueryStringsConfig>%s</QueryStringsConfig>
							</ParametersInCacheKeyAndForwardedToOrigin>
						</CachePolicyConfig>
						""".formatted(ApiXml.element("Id", this.id), ApiXml.element("Name", this.name),
						ttlXml(this.ttl), ApiXml.element("EnableAcceptEncodingGzip", this.gzip),
						ApiXml.element("EnableAcceptEncodingBrotli", this.brotli), headersXml(),
						ApiXml.element("CookieBehavior", this.cookies ? "all" : "none"), queryStringsXml()));
	}

	private String headersXml() {
		if (this.headers.isEmpty()) {
			return ApiXml.element("HeaderBehavior", "none");
		}
		return ApiXml.element("HeaderBehavior", "whitelist")
				+ ApiXml.list("Headers", this.headers.stream().map((name) -> ApiXml.element("Name", name)));
	}

	static String ttlXml(TtlLimits ttl) {
		return ApiXml.element("MinTTL", ttl.min().toSeconds())
				+ ApiXml.element("DefaultTTL", ttl.defaultTtl().toSeconds())
				+ ApiXml.element("MaxTTL", ttl.max().toSeconds());
	}

	private String queryStringsXml() {
		String names = this.queryStrings.names().isEmpty() ? "" : this.queryStrings.namesXml("QueryStrings");
		return ApiXml.element("QueryStringBehavior", this.queryStrings.mode().awsName()) + names;
	}

}
