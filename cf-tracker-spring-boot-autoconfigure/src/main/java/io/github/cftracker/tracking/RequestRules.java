package io.github.cftracker.tracking;

import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * The rules for one request.
 */
public final class RequestRules {

	private final BehaviorRules rules;

	private final String path;

	private final @Nullable String query;

	private final boolean forgeable;

	private final @Nullable RequestRules other;

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
	 * These rules, for an object that may also be cached under another path.
	 */
	RequestRules and(String otherPath, @Nullable String otherQuery) {
		return and(new RequestRules(this.rules, otherPath, otherQuery, false));
	}

	/**
	 * Both rules, where it is not known which of them are in effect.
	 */
	RequestRules and(RequestRules others) {
		return new RequestRules(this.rules, this.path, this.query, this.forgeable,
				(this.other != null) ? this.other.and(others) : others);
	}

	/**
	 * Whether a response to a method is cached at all.
	 * @param method the request method
	 * @return whether it is worth a decision
	 */
	public boolean considers(String method) {
		return this.rules.considers(method) || (this.other != null && this.other.considers(method));
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
	 * @param status the final status
	 * @param cacheControl the {@code Cache-Control} header, several joined by commas
	 * @param expires the {@code Expires} header, several joined by commas
	 * @param date the {@code Date} header
	 * @return the decision
	 */
	Decision decide(int status, @Nullable String cacheControl, @Nullable String expires, @Nullable String date) {
		Decision decision = this.rules.decide(this.path, status, cacheControl, expires, date);
		return (this.other != null) ? decision.or(this.other.decide(status, cacheControl, expires, date)) : decision;
	}

	/**
	 * Return the path that identifies what CloudFront caches.
	 * @return the path, {@code null} if no path may be sent
	 */
	@Nullable String key() {
		return this.rules.key(this.path, this.query);
	}

	/**
	 * The invalidation paths of a response that is cached.
	 * @return the paths, none if none may be sent
	 */
	public List<String> cached() {
		List<String> cached = this.rules.cached(this.path, this.query);
		return (this.other == null) ? cached
				: Stream.concat(cached.stream(), this.other.cached().stream()).distinct().toList();
	}

	/**
	 * The invalidation paths of which a 404 says that they are gone.
	 * @return the paths, none if they stand for others too, or the path is from a header
	 * that anybody may have sent
	 */
	public List<String> gone() {
		List<String> gone = this.forgeable ? List.of() : this.rules.gone(this.path, this.query);
		return (this.other == null) ? gone
				: Stream.concat(gone.stream(), this.other.gone().stream()).distinct().toList();
	}

}
