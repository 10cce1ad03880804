package io.github.cftracker.cloudfront;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import io.github.cftracker.distribution.CachePolicy;
import io.github.cftracker.distribution.QueryStrings;
import io.github.cftracker.distribution.QueryStrings.Mode;
import io.github.cftracker.distribution.Ttls;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.cloudfront.model.CachePolicyConfig;
import software.amazon.awssdk.services.cloudfront.model.CachePolicyQueryStringsConfig;
import software.amazon.awssdk.services.cloudfront.model.ForwardedValues;
import software.amazon.awssdk.services.cloudfront.model.ParametersInCacheKeyAndForwardedToOrigin;

/**
 * Converter for cache policies of the SDK, and for the older settings within a cache
 * behavior.
 *
 * @see <a href=
 * "https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_CachePolicyConfig.html">CachePolicyConfig</a>
 */
final class CachePolicies {

	private static final long DEFAULT_TTL = Duration.ofDays(1).toSeconds();

	private static final long MAX_TTL = Duration.ofDays(365).toSeconds();

	private CachePolicies() {
	}

	static CachePolicy of(CachePolicyConfig config) {
		ParametersInCacheKeyAndForwardedToOrigin parameters = config.parametersInCacheKeyAndForwardedToOrigin();
		return policy(config.minTTL(), config.defaultTTL(), config.maxTTL(),
				(parameters != null) ? queryStrings(parameters.queryStringsConfig()) : QueryStrings.NONE);
	}

	static @Nullable CachePolicy of(@Nullable ForwardedValues forwarded, @Nullable Long min, @Nullable Long defaultTtl,
			@Nullable Long max) {
		return (forwarded != null) ? policy(min, defaultTtl, max, queryStrings(forwarded)) : null;
	}

	/**
	 * Create a policy. A missing TTL has AWS's default, unless a given TTL requires a
	 * longer one.
	 */
	private static CachePolicy policy(@Nullable Long min, @Nullable Long defaultTtl, @Nullable Long max,
			QueryStrings queryStrings) {
		long shortest = (min != null) ? min : 0;
		long ordinary = (defaultTtl != null) ? defaultTtl : Math.max(DEFAULT_TTL, shortest);
		long longest = (max != null) ? max : Math.max(MAX_TTL, ordinary);
		return new CachePolicy(
				new Ttls(Duration.ofSeconds(shortest), Duration.ofSeconds(ordinary), Duration.ofSeconds(longest)),
				queryStrings);
	}

	private static QueryStrings queryStrings(CachePolicyQueryStringsConfig config) {
		List<String> names = (config.queryStrings() != null) ? config.queryStrings().items() : List.of();
		return switch (config.queryStringBehavior()) {
			case NONE -> QueryStrings.NONE;
			case WHITELIST -> new QueryStrings(Mode.INCLUDE, Set.copyOf(names));
			case ALL_EXCEPT -> new QueryStrings(Mode.EXCLUDE, Set.copyOf(names));
			case ALL, UNKNOWN_TO_SDK_VERSION -> QueryStrings.ALL;
		};
	}

	private static QueryStrings queryStrings(ForwardedValues forwarded) {
		if (!Boolean.TRUE.equals(forwarded.queryString())) {
			return QueryStrings.NONE;
		}
		List<String> names = (forwarded.queryStringCacheKeys() != null) ? forwarded.queryStringCacheKeys().items()
				: List.of();
		return names.isEmpty() ? QueryStrings.ALL : new QueryStrings(Mode.INCLUDE, Set.copyOf(names));
	}

}
