package io.github.cftracker.test;

import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a cache behavior caches by, and for how long. Equal ones have one id, in every
 * run.
 */
record CachePolicy(String id, QueryStrings queryStrings, TtlLimits ttl) {

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
		Behavior first = distribution.defaultBehavior();
		boolean isDefault = !first.legacy() && behavior.queryStrings().equals(first.queryStrings())
				&& behavior.ttl().equals(first.ttl());
		String id = isDefault ? DEFAULT_ID
				: UUID
					.nameUUIDFromBytes(
							(behavior.queryStrings() + " " + behavior.ttl()).getBytes(StandardCharsets.UTF_8))
					.toString();
		return new CachePolicy(id, behavior.queryStrings(), behavior.ttl());
	}

	String xml() {
		return ApiXml.document("CachePolicy", """
				%s
				<LastModifiedTime>2020-05-31T00:00:00Z</LastModifiedTime>
				<CachePolicyConfig>
					<Comment>Cache policy of the local edge</Comment>
					%s
					%s
					<ParametersInCacheKeyAndForwardedToOrigin>
						<EnableAcceptEncodingGzip>false</EnableAcceptEncodingGzip>
						<EnableAcceptEncodingBrotli>false</EnableAcceptEncodingBrotli>
						<HeadersConfig><HeaderBehavior>none</HeaderBehavior></HeadersConfig>
						<CookiesConfig><CookieBehavior>none</CookieBehavior></CookiesConfig>
						<QueryStringsConfig>%s</QueryStringsConfig>
					</ParametersInCacheKeyAndForwardedToOrigin>
				</CachePolicyConfig>
				""".formatted(ApiXml.element("Id", this.id), ApiXml.element("Name", name()), ttlXml(this.ttl),
				queryStringsXml()));
	}

	private String name() {
		return this.id.equals(DEFAULT_ID) ? "local" : "local-" + this.id;
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
