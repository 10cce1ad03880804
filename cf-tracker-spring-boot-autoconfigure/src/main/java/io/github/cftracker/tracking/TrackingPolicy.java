package io.github.cftracker.tracking;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

import org.jspecify.annotations.Nullable;

/**
 * Decides what a finished response means for its path, by what CloudFront caches. Pure:
 * it knows nothing but what it is given.
 * <p>
 * Cached errors other than 404 are not tracked: CloudFront keeps them for ten seconds
 * unless told otherwise.
 *
 * @see <a href=
 * "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/HTTPStatusCodes.html">How
 * CloudFront processes HTTP status codes from your origin</a>
 */
public final class TrackingPolicy {

	private final Set<String> methods;

	private final LifetimePolicy lifetimes;

	/**
	 * Create a policy.
	 * @param methods the request methods to track
	 * @param lifetimes how long paths are tracked
	 */
	public TrackingPolicy(Set<String> methods, LifetimePolicy lifetimes) {
		this.methods = methods.stream()
			.map((method) -> method.toUpperCase(Locale.ROOT))
			.collect(Collectors.toUnmodifiableSet());
		this.lifetimes = lifetimes;
	}

	/**
	 * Whether a request is tracked at all, whatever comes of it.
	 * @param method the request method
	 * @return whether its response is worth a decision
	 */
	public boolean considers(String method) {
		return this.methods.contains(method);
	}

	/**
	 * Decides about the response to a request that is {@link #considers considered}.
	 * @param status the final status
	 * @param cacheControl the {@code Cache-Control} header, several joined by commas
	 * @param expires the {@code Expires} header
	 * @param date the {@code Date} header
	 * @return the decision
	 */
	public Decision decide(int status, @Nullable String cacheControl, @Nullable String expires, @Nullable String date) {
		if (status == 404) {
			return Decision.NOT_FOUND;
		}
		if (!isCacheable(status)) {
			return Decision.IGNORE;
		}
		CacheControl directives = CacheControl.parse(cacheControl);
		if (directives.forbidden()) {
			return Decision.track(this.lifetimes.ofForbidden());
		}
		if (needsMaxAge(status) && !hasMaxAge(directives)) {
			return Decision.IGNORE;
		}
		return Decision.track(this.lifetimes.of(directives, expires, date));
	}

	private static boolean isCacheable(int status) {
		return status >= 200 && status < 400;
	}

	private static boolean needsMaxAge(int status) {
		return status == 307 || status == 308;
	}

	private static boolean hasMaxAge(CacheControl directives) {
		return directives.maxAge() != -1 || directives.sharedMaxAge() != -1;
	}

}
