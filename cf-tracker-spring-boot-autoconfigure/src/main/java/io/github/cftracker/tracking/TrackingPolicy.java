package io.github.cftracker.tracking;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Policy that decides, from what CloudFront caches, whether and how long to track the
 * path of a finished response. It depends only on its arguments.
 * <p>
 * Errors are tracked if CloudFront caches them for longer than the ten seconds for which
 * it caches every error, because of the response or the distribution. A 404 that is
 * cached for longer does not untrack its path.
 *
 * @see <a href=
 * "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/HTTPStatusCodes.html">How
 * CloudFront processes HTTP status codes from your origin</a>
 */
final class TrackingPolicy {

	private static final int MAX_KNOWN = 1000;

	private static final Duration ORDINARY_ERROR_TTL = Duration.ofSeconds(10);

	private final Set<String> methods;

	private final LifetimePolicy lifetimes;

	private final Map<Integer, Duration> errorTtls;

	private final Map<String, Decision> known = new ConcurrentHashMap<>();

	/**
	 * Create a policy for a distribution with the default error caching minimum TTLs.
	 * @param methods the request methods to track
	 * @param lifetimes how long paths are tracked
	 */
	TrackingPolicy(Set<String> methods, LifetimePolicy lifetimes) {
		this(methods, lifetimes, Map.of());
	}

	/**
	 * Create a policy.
	 * @param methods the request methods to track
	 * @param lifetimes how long paths are tracked
	 * @param errorTtls the distribution's error caching minimum TTLs, by status
	 */
	TrackingPolicy(Set<String> methods, LifetimePolicy lifetimes, Map<Integer, Duration> errorTtls) {
		this.methods = methods.stream()
			.map((method) -> method.toUpperCase(Locale.ROOT))
			.collect(Collectors.toUnmodifiableSet());
		this.lifetimes = lifetimes;
		this.errorTtls = Map.copyOf(errorTtls);
	}

	/**
	 * Return whether requests of a method are tracked.
	 * @param method the request method
	 * @return whether to decide about the response
	 */
	boolean considers(String method) {
		return this.methods.contains(method);
	}

	/**
	 * Decide about the response to a request that is {@link #considers considered}.
	 * @param response the response
	 * @return the decision
	 */
	Decision decide(ObservedResponse response) {
		Cacheability cacheability = Cacheability.of(response.status());
		if (cacheability == Cacheability.BY_TTL && response.expires() == null) {
			return byCacheControl(response);
		}
		CacheControl directives = CacheControl.of(response.cacheControl());
		return switch (cacheability) {
			case BY_TTL -> directives.certain() ? byCacheControl(response) : byTtl(directives, response);
			case WITH_CACHE_CONTROL ->
				(response.cacheControl() != null) ? byTtl(directives, response) : Decision.IGNORE;
			case RENEWAL -> renewal(directives, response);
			case ERROR -> error(directives, response);
			case ERROR_WITH_MAX_AGE ->
				error((directives.age() > 0) ? directives : CacheControl.NONE, response.withoutExpires());
			case NEVER -> Decision.IGNORE;
		};
	}

	/**
	 * Return the decision that was made for the same {@code Cache-Control}, because
	 * nothing else matters. At most {@value #MAX_KNOWN} are remembered: a header may
	 * contain the seconds that are left until a certain time.
	 */
	private Decision byCacheControl(ObservedResponse response) {
		String key = (response.cacheControl() != null) ? response.cacheControl() : "";
		Decision decision = this.known.get(key);
		if (decision == null) {
			decision = byTtl(CacheControl.of(response.cacheControl()), response);
			if (this.known.size() < MAX_KNOWN) {
				this.known.put(key, decision);
			}
		}
		return decision;
	}

	private Decision byTtl(CacheControl directives, ObservedResponse response) {
		return directives.forbidden() ? Decision.track(this.lifetimes.ofForbidden(), true)
				: Decision.track(this.lifetimes.of(directives, response));
	}

	/**
	 * Decide about a 304, which renews the response that CloudFront has stored, with its
	 * headers (RFC 9111, 4.3.4).
	 */
	private Decision renewal(CacheControl directives, ObservedResponse response) {
		if (directives.forbidden() || directives.certain() || response.expires() != null) {
			return byTtl(directives, response);
		}
		Duration atLeast = (response.cacheControl() != null) ? this.lifetimes.of(directives, response) : Duration.ZERO;
		return Decision.renew(atLeast, this.lifetimes.longest());
	}

	private Decision error(CacheControl directives, ObservedResponse response) {
		int status = response.status();
		Decision decision = Decision.track(this.lifetimes.ofError(directives, response, errorTtl(status)));
		return (decision.action() == Decision.Action.IGNORE && status == 404) ? Decision.NOT_FOUND : decision;
	}

	private Duration errorTtl(int status) {
		Duration ttl = this.errorTtls.getOrDefault(status, Duration.ZERO);
		return (ttl.compareTo(ORDINARY_ERROR_TTL) > 0) ? ttl : Duration.ZERO;
	}

}
