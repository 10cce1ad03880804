package io.github.cftracker.tracking;

import java.util.List;
import java.util.stream.Stream;

import io.github.cftracker.InvalidationPath;
import io.github.cftracker.distribution.CacheBehavior;
import org.jspecify.annotations.Nullable;

/**
 * Rules for one request: what its response means, and under which paths CloudFront caches
 * it. Where it is unknown which of several rules apply, all of them do.
 */
public final class RequestRules {

	private final BehaviorRules rules;

	private final String path;

	private final @Nullable String query;

	private final boolean forgeable;

	private final @Nullable RequestRules other;

	/**
	 * Create rules.
	 * @param rules those of the cache behavior
	 * @param path the raw path
	 * @param query the raw query string, {@code null} if there is none
	 * @param forgeable whether the path is from a header that any client may have sent
	 */
	RequestRules(BehaviorRules rules, String path, @Nullable String query, boolean forgeable) {
		this(rules, path, query, forgeable, null);
	}

	private RequestRules(BehaviorRules rules, String path, @Nullable String query, boolean forgeable,
			@Nullable RequestRules other) {
		this.other = other;
		this.rules = rules;
		this.path = path;
		this.query = query;
		this.forgeable = forgeable;
	}

	/**
	 * Return these rules for an object that may also be cached under another path.
	 */
	RequestRules and(String otherPath, @Nullable String otherQuery) {
		return and(new RequestRules(this.rules, otherPath, otherQuery, false));
	}

	/**
	 * Return these rules and others, where it is unknown which of them apply.
	 */
	RequestRules and(RequestRules others) {
		return new RequestRules(this.rules, this.path, this.query, this.forgeable,
				(this.other != null) ? this.other.and(others) : others);
	}

	/**
	 * Return whether CloudFront caches responses to a method.
	 * @param method the request method
	 * @return whether to decide about the response
	 */
	public boolean considers(String method) {
		return this.rules.policy().considers(method) || (this.other != null && this.other.considers(method));
	}

	/**
	 * Return the path of the request, without its query string.
	 */
	String path() {
		return this.path;
	}

	/**
	 * Return whether CloudFront can cache the response.
	 * @return whether the cache behavior caches anything, as far as is known
	 */
	boolean caches() {
		return this.rules.caches();
	}

	/**
	 * Decide about the response. {@link TrackingRules#decide} knows more about a 304.
	 */
	Decision decide(ObservedResponse response) {
		Decision decision = this.rules.policy().decide(response);
		if (decision.action() == Decision.Action.NOT_FOUND && this.rules.failsOver()) {
			// The second origin may have the page, and CloudFront caches its answer
			decision = Decision.IGNORE;
		}
		else if (decision.action() == Decision.Action.TRACK && this.rules.behavior() != null) {
			decision = track(decision, this.rules.behavior(), response.cacheControl());
		}
		return (this.other != null) ? decision.or(this.other.decide(response)) : decision;
	}

	private Decision track(Decision decision, CacheBehavior behavior, @Nullable String cacheControl) {
		if (behavior.isDisabled()) {
			if (CacheControl.of(cacheControl).age() > 0) {
				this.rules.findings().uncached(behavior, this.path);
			}
			return Decision.IGNORE;
		}
		if (decision.forbidden()) {
			this.rules.findings().cachedDespite(behavior, this.path);
		}
		return decision;
	}

	/**
	 * Return the path that identifies what CloudFront caches.
	 * @return the path, {@code null} if no path may be sent
	 */
	@Nullable String key() {
		List<String> cached = this.rules.mapping().cached(this.path, this.query);
		return cached.isEmpty() ? null : cached.get(0);
	}

	/**
	 * Return the invalidation paths of a response that CloudFront caches.
	 * @return the paths, none if none may be sent
	 */
	public List<String> cached() {
		List<String> cached = this.rules.mapping().cached(this.path, this.query);
		if (cached.isEmpty()) {
			this.rules.findings().notTrackable(this.path);
		}
		for (String item : cached) {
			if (!isPlain(item) && InvalidationPath.problemOf(item) != null) {
				this.rules.findings().rejected(item);
			}
		}
		return (this.other == null) ? cached : distinct(cached, this.other.cached());
	}

	/**
	 * Return whether CloudFront certainly accepts an item, which is encoded already.
	 */
	private static boolean isPlain(String item) {
		return item.length() <= InvalidationPath.MAX_LENGTH && item.indexOf('~') == -1 && item.indexOf('%') == -1;
	}

	/**
	 * Return the invalidation paths that a 404 removes.
	 * @return the paths, none if they cover other pages too, or if the path is from a
	 * header that any client may have sent
	 */
	public List<String> gone() {
		List<String> gone = this.forgeable ? List.of() : this.rules.mapping().gone(this.path, this.query);
		return (this.other == null) ? gone : distinct(gone, this.other.gone());
	}

	private static List<String> distinct(List<String> first, List<String> second) {
		return Stream.concat(first.stream(), second.stream()).distinct().toList();
	}

}
