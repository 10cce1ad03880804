package io.github.cftracker.cloudfront;

import java.time.Duration;
import java.util.Map;
import java.util.Set;

import io.github.cftracker.distribution.CachePolicy;
import io.github.cftracker.distribution.QueryStrings;
import io.github.cftracker.distribution.QueryStrings.Mode;
import io.github.cftracker.distribution.Ttls;

/**
 * Cache policies that AWS manages. Their settings never change, so they need neither a
 * call nor the permission for it.
 *
 * @see <a href=
 * "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html">Use
 * managed cache policies</a>
 */
final class ManagedPolicies {

	private static final Duration DAY = Duration.ofDays(1);

	private static final Duration YEAR = Duration.ofDays(365);

	/**
	 * Policies by id: Amplify, CachingDisabled, CachingOptimized,
	 * CachingOptimizedForUncompressedObjects, Elemental-MediaPackage,
	 * UseOriginCacheControlHeaders and UseOriginCacheControlHeaders-QueryStrings.
	 */
	static final Map<String, CachePolicy> BY_ID = Map.of("2e54312d-136d-493c-8eb9-b001f22f67d2",
			new CachePolicy(new Ttls(Duration.ofSeconds(2), Duration.ofSeconds(2), Duration.ofMinutes(10)),
					QueryStrings.ALL),
			"4135ea2d-6df8-44a3-9df3-4b5a84be39ad",
			new CachePolicy(new Ttls(Duration.ZERO, Duration.ZERO, Duration.ZERO), QueryStrings.NONE),
			"658327ea-f89d-4fab-a63d-7e88639e58f6",
			new CachePolicy(new Ttls(Duration.ofSeconds(1), DAY, YEAR), QueryStrings.NONE),
			"b2884449-e4de-46a7-ac36-70bc7f1ddd6d",
			new CachePolicy(new Ttls(Duration.ofSeconds(1), DAY, YEAR), QueryStrings.NONE),
			"08627262-05a9-4f76-9ded-b50ca2e3a84f",
			new CachePolicy(new Ttls(Duration.ZERO, DAY, YEAR),
					new QueryStrings(Mode.INCLUDE, Set.of("aws.manifestfilter", "start", "end", "m"))),
			"83da9c7e-98b4-4e11-a168-04f0df8e2c65",
			new CachePolicy(new Ttls(Duration.ZERO, Duration.ZERO, YEAR), QueryStrings.NONE),
			"4cc15a8a-d715-48a4-82b8-cc0b614638fe",
			new CachePolicy(new Ttls(Duration.ZERO, Duration.ZERO, YEAR), QueryStrings.ALL));

	private ManagedPolicies() {
	}

}
