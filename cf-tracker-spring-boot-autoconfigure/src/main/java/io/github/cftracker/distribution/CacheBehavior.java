package io.github.cftracker.distribution;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * What CloudFront does with the paths that match a pattern, and no pattern before it.
 *
 * @param pattern which paths; {@code *} for the default behavior
 * @param origins where they are requested from: one origin, or those of an origin group,
 * the primary one first
 * @param cachedMethods the methods whose responses are cached
 * @param policy how they are cached, {@code null} where it could not be read
 * @param functions the functions that may rewrite the path
 * @param failoverStatuses the statuses of the primary origin for which CloudFront asks
 * the second one
 * @param missingPolicy the id of its cache policy if that does not exist, else
 * {@code null}
 */
public record CacheBehavior(BehaviorPattern pattern, List<Origin> origins, Set<String> cachedMethods,
		@Nullable CachePolicy policy, List<EdgeFunction> functions, Set<Integer> failoverStatuses,
		@Nullable String missingPolicy) {

	public CacheBehavior {
		origins = List.copyOf(origins);
		cachedMethods = Set.copyOf(cachedMethods);
		functions = List.copyOf(functions);
		failoverStatuses = Set.copyOf(failoverStatuses);
	}

	/**
	 * Create a behavior without functions and without failover.
	 * @param pattern which paths
	 * @param origins where they are requested from
	 * @param cachedMethods the methods whose responses are cached
	 * @param policy how they are cached, {@code null} where it could not be read
	 */
	public CacheBehavior(BehaviorPattern pattern, List<Origin> origins, Set<String> cachedMethods,
			@Nullable CachePolicy policy) {
		this(pattern, origins, cachedMethods, policy, List.of(), Set.of(), null);
	}

	Set<String> applicationDomains() {
		Set<String> domains = new HashSet<>();
		this.origins.stream()
			.filter((origin) -> !origin.bucket())
			.forEach((origin) -> domains.add(origin.domainName()));
		return domains;
	}

	/**
	 * Return whether nothing that matches is cached.
	 * @return whether the cache policy is known and caches nothing
	 */
	public boolean isDisabled() {
		return this.policy != null && this.policy.isDisabled();
	}

	/**
	 * Return whether a function may rewrite the path, so that the origin is asked for
	 * another one than that by which the behavior was chosen.
	 * @return whether there is a function
	 */
	public boolean rewrites() {
		return !this.functions.isEmpty();
	}

	/**
	 * Return whether a function may rewrite the path at an event.
	 * @param event the event
	 * @return whether there is a function for it
	 */
	public boolean rewritesAt(EdgeFunction.Event event) {
		return this.functions.stream().anyMatch((function) -> function.event() == event);
	}

}
