package io.github.cftracker.distribution;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * What CloudFront does with the paths that match a pattern, and no pattern before it.
 *
 * @param pattern which paths; {@code *} for the default behavior
 * @param origins where they are asked for: one origin, or those of an origin group
 * @param cachedMethods the methods whose responses are cached
 * @param policy how they are cached, {@code null} where it could not be read
 * @param rewrites whether a function may rewrite the path before it is cached, so that
 * the origin is asked for another one than that by which the behavior was chosen
 * @param missingPolicy the id of its cache policy if that does not exist, else
 * {@code null}
 */
public record CacheBehavior(BehaviorPattern pattern, List<Origin> origins, Set<String> cachedMethods,
		@Nullable CachePolicy policy, boolean rewrites, @Nullable String missingPolicy) {

	public CacheBehavior {
		origins = List.copyOf(origins);
		cachedMethods = Set.copyOf(cachedMethods);
	}

	/**
	 * Create a behavior without functions.
	 * @param pattern which paths
	 * @param origins where they are asked for
	 * @param cachedMethods the methods whose responses are cached
	 * @param policy how they are cached, {@code null} where it could not be read
	 */
	public CacheBehavior(BehaviorPattern pattern, List<Origin> origins, Set<String> cachedMethods,
			@Nullable CachePolicy policy) {
		this(pattern, origins, cachedMethods, policy, false, null);
	}

	Set<String> applicationDomains() {
		Set<String> domains = new HashSet<>();
		this.origins.stream()
			.filter((origin) -> !origin.bucket())
			.forEach((origin) -> domains.add(origin.domainName()));
		return domains;
	}

	/**
	 * Whether nothing that matches is cached.
	 * @return whether the cache policy is known and caches nothing
	 */
	public boolean isDisabled() {
		return this.policy != null && this.policy.isDisabled();
	}

}
