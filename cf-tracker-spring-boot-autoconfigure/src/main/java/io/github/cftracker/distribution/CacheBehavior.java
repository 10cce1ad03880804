package io.github.cftracker.distribution;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Cache behavior for the paths that match its pattern and no earlier pattern.
 *
 * @param pattern the path pattern; {@code *} for the default behavior
 * @param origins the origin, or those of an origin group, the primary one first
 * @param cachedMethods the methods whose responses are cached
 * @param policy the cache policy, {@code null} if it could not be read
 * @param functions the functions that may rewrite the path
 * @param failoverStatuses the statuses of the primary origin after which CloudFront
 * requests from the second one
 * @param missingPolicy the id of a cache policy that does not exist, otherwise
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
	 * @param pattern the path pattern
	 * @param origins the origins
	 * @param cachedMethods the methods whose responses are cached
	 * @param policy the cache policy, {@code null} if it could not be read
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
	 * Return whether a function may rewrite the path, so that the requested path differs
	 * from the one by which the behavior was chosen.
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
