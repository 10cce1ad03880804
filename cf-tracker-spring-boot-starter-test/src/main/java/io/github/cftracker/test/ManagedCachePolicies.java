package io.github.cftracker.test;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The cache policies that every AWS account has.
 *
 * @see <a href=
 * "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html">Use
 * managed cache policies</a>
 */
final class ManagedCachePolicies {

	private static final List<String> OF_ORIGIN = List.of("host", "origin", "x-http-method", "x-http-method-override",
			"x-method-override");

	private static final Map<String, CachePolicy> BY_ID = Stream.of(
			new CachePolicy("2e54312d-136d-493c-8eb9-b001f22f67d2", "Managed-Amplify", QueryStrings.ALL, ttl(2, 2, 600),
					true, true, List.of("Authorization", "CloudFront-Viewer-Country", "Host"), true),
			new CachePolicy("4135ea2d-6df8-44a3-9df3-4b5a84be39ad", "Managed-CachingDisabled", QueryStrings.NONE,
					ttl(0, 0, 0), false, false, List.of(), false),
			new CachePolicy("658327ea-f89d-4fab-a63d-7e88639e58f6", "Managed-CachingOptimized", QueryStrings.NONE,
					ttl(1, 86_400, 31_536_000), true, true, List.of(), false),
			new CachePolicy("b2884449-e4de-46a7-ac36-70bc7f1ddd6d", "Managed-CachingOptimizedForUncompressedObjects",
					QueryStrings.NONE, ttl(1, 86_400, 31_536_000), false, false, List.of(), false),
			new CachePolicy("08627262-05a9-4f76-9ded-b50ca2e3a84f", "Managed-Elemental-MediaPackage",
					QueryStrings.named(QueryStrings.Mode.WHITELIST, "aws.manifestfilter", "start", "end", "m"),
					ttl(0, 86_400, 31_536_000), true, false, List.of("origin"), false),
			new CachePolicy("83da9c7e-98b4-4e11-a168-04f0df8e2c65", "UseOriginCacheControlHeaders", QueryStrings.NONE,
					ttl(0, 0, 31_536_000), true, true, OF_ORIGIN, true),
			new CachePolicy("4cc15a8a-d715-48a4-82b8-cc0b614638fe", "UseOriginCacheControlHeaders-QueryStrings",
					QueryStrings.ALL, ttl(0, 0, 31_536_000), true, true, OF_ORIGIN, true))
		.collect(Collectors.toUnmodifiableMap(CachePolicy::id, Function.identity()));

	private ManagedCachePolicies() {
	}

	static @Nullable CachePolicy find(String id) {
		return BY_ID.get(id);
	}

	/**
	 * Return the names and ids, as an error message lists them.
	 */
	static String list() {
		return BY_ID.values()
			.stream()
			.map((policy) -> "'%s' (%s)".formatted(policy.id(), policy.name()))
			.sorted()
			.collect(Collectors.joining(", "));
	}

	private static TtlLimits ttl(long min, long defaultTtl, long max) {
		return new TtlLimits(Duration.ofSeconds(min), Duration.ofSeconds(defaultTtl), Duration.ofSeconds(max));
	}

}
