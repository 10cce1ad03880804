package io.github.cftracker.test;

import java.time.Duration;
import java.util.Objects;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

/**
 * Settings of one cache behavior of a {@link LocalCloudFront}. All have a default, and
 * the last call of a kind wins.
 */
public final class BehaviorSettings {

	private String origin = DistributionOrigin.DEFAULT_ID;

	private @Nullable QueryStrings queryStrings;

	private boolean forwardsAllQueryStrings;

	private @Nullable TtlLimits ttl;

	private boolean cachesOptions;

	private boolean legacy;

	private @Nullable CachePolicy managedPolicy;

	private @Nullable String cachePolicyId;

	private @Nullable EdgeFunction viewerRequest;

	private @Nullable EdgeFunction originRequest;

	BehaviorSettings() {
	}

	/**
	 * Set the origin that is asked.
	 * @param id the id of the origin or origin group, by default {@code origin}, the one
	 * behind {@link LocalCloudFront.Builder#origin(java.net.URI)}
	 * @return these settings
	 */
	public BehaviorSettings origin(String id) {
		this.origin = Objects.requireNonNull(id, "id");
		return this;
	}

	/**
	 * Have the whole query string in the cache key, as it was asked. This is the default.
	 * @return these settings
	 */
	public BehaviorSettings allQueryStrings() {
		this.queryStrings = QueryStrings.ALL;
		return this;
	}

	/**
	 * Have no query string in the cache key.
	 * @return these settings
	 */
	public BehaviorSettings noQueryStrings() {
		this.queryStrings = QueryStrings.NONE;
		return this;
	}

	/**
	 * Have only these parameters in the cache key, in the order they are asked for.
	 * @param names the names as viewers write them, escapes and case included
	 * @return these settings
	 * @throws IllegalArgumentException if there is no name
	 */
	public BehaviorSettings queryStrings(String... names) {
		this.queryStrings = QueryStrings.named(QueryStrings.Mode.WHITELIST, names);
		return this;
	}

	/**
	 * Have all but these parameters in the cache key, in the order they are asked for.
	 * @param names the names as viewers write them, escapes and case included
	 * @return these settings
	 * @throws IllegalArgumentException if there is no name
	 */
	public BehaviorSettings queryStringsExcept(String... names) {
		this.queryStrings = QueryStrings.named(QueryStrings.Mode.ALL_EXCEPT, names);
		return this;
	}

	/**
	 * Send the origin the whole query string, whatever the cache key holds of it: an
	 * origin request policy.
	 * @return these settings
	 */
	public BehaviorSettings forwardsAllQueryStrings() {
		this.forwardsAllQueryStrings = true;
		return this;
	}

	/**
	 * Set how long answers are cached.
	 * @param min the least, 0 by default; above 0 even what asks not to be cached is
	 * @param defaultTtl the time for what states nothing, by default that of
	 * {@link LocalCloudFront.Builder#defaultTtl(Duration)}
	 * @param max the most, 365 days by default; with 0 nothing is cached, errors neither
	 * @return these settings
	 * @throws IllegalArgumentException if one is negative or above the next
	 */
	public BehaviorSettings ttl(Duration min, Duration defaultTtl, Duration max) {
		this.ttl = new TtlLimits(min, defaultTtl, max);
		return this;
	}

	/**
	 * Cache OPTIONS too, apart from GET and HEAD.
	 * @return these settings
	 */
	public BehaviorSettings cachesOptions() {
		this.cachesOptions = true;
		return this;
	}

	/**
	 * Show the settings as {@code ForwardedValues} and TTLs of the behavior, not as a
	 * cache policy. With them CloudFront sends the origin the whole query string as soon
	 * as a part of it is in the cache key.
	 * @return these settings
	 * @see <a href=
	 * "https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_ForwardedValues.html">ForwardedValues</a>
	 */
	public BehaviorSettings legacySettings() {
		this.legacy = true;
		return this;
	}

	/**
	 * Add a CloudFront Function that rewrites the path before the cache lookup. The
	 * behavior is chosen by the viewer's path, but the rewritten one is the cache key and
	 * what the origin is asked for. The distribution's config names the function, not
	 * what it does. A function that throws is a 503, and one that returns what cannot be
	 * a path is a 502; neither is cached.
	 * @param name the name, up to 64 letters, digits, {@code -} and {@code _}
	 * @param path rewrites the raw path, which has no query string; the query string
	 * stays as it is
	 * @return these settings
	 * @throws IllegalArgumentException if the name is invalid
	 * @see <a href=
	 * "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-functions.html">Customize
	 * at the edge with CloudFront Functions</a>
	 */
	public BehaviorSettings viewerRequest(String name, UnaryOperator<String> path) {
		this.viewerRequest = new EdgeFunction(name, path, null);
		return this;
	}

	/**
	 * Add a Lambda@Edge function that rewrites the path after the cache lookup. The cache
	 * key stays as it is, and the origin is asked for the rewritten path, behind its
	 * origin path. With an origin group the function is called for each origin that is
	 * asked. What fails is answered as with {@link #viewerRequest}.
	 * @param name the name, up to 64 letters, digits, {@code -} and {@code _}
	 * @param path rewrites the raw path of the cache key, which has no query string
	 * @return these settings
	 * @throws IllegalArgumentException if the name is invalid
	 * @see <a href=
	 * "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-cloudfront-trigger-events.html">CloudFront
	 * events that can trigger a Lambda@Edge function</a>
	 */
	public BehaviorSettings originRequest(String name, UnaryOperator<String> path) {
		this.originRequest = new EdgeFunction(name, path, null);
		return this;
	}

	/**
	 * Add a Lambda@Edge function that rewrites the path after the cache lookup, and sends
	 * the origin the path as it was before, in place of the viewer's own header.
	 * @param name the name, up to 64 letters, digits, {@code -} and {@code _}
	 * @param path rewrites the raw path of the cache key, which has no query string
	 * @param pathHeader the name of the request header with the path of the cache key:
	 * the viewer's path, unless {@link #viewerRequest} rewrote it
	 * @return these settings
	 * @throws IllegalArgumentException if a name is invalid
	 * @see #originRequest(String, UnaryOperator)
	 */
	public BehaviorSettings originRequest(String name, UnaryOperator<String> path, String pathHeader) {
		this.originRequest = new EdgeFunction(name, path, Objects.requireNonNull(pathHeader, "pathHeader"));
		return this;
	}

	/**
	 * Use a managed cache policy, with its query strings and TTLs. The edge does not
	 * cache by the headers and cookies of a policy.
	 * @param managedPolicyId the id of the policy at AWS, for example
	 * {@code 658327ea-f89d-4fab-a63d-7e88639e58f6} for CachingOptimized
	 * @return these settings
	 * @throws IllegalArgumentException if there is no managed cache policy with this id
	 * @see <a href=
	 * "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-cache-policies.html">Use
	 * managed cache policies</a>
	 */
	public BehaviorSettings cachePolicy(String managedPolicyId) {
		CachePolicy policy = ManagedCachePolicies.find(managedPolicyId);
		if (policy == null) {
			throw new IllegalArgumentException("Unknown managed cache policy '%s', use cachePolicyId or one of %s"
				.formatted(managedPolicyId, ManagedCachePolicies.list()));
		}
		this.managedPolicy = policy;
		return this;
	}

	/**
	 * Set the id of the cache policy that has the query strings and TTLs of this
	 * behavior. A policy that keeps its id can change without a change of the
	 * distribution, as with UpdateCachePolicy. By default the id depends on the settings.
	 * @param id the id; empty only with {@link #legacySettings()}, for the empty element
	 * that some tools write beside them
	 * @return these settings
	 * @throws IllegalArgumentException if the id has other characters than letters,
	 * digits, {@code -} and {@code _}, or is that of a managed cache policy
	 */
	public BehaviorSettings cachePolicyId(String id) {
		if (!id.matches("[A-Za-z0-9_-]*")) {
			throw new IllegalArgumentException(
					"Invalid cache policy id '%s', use letters, digits, '-' and '_'".formatted(id));
		}
		if (ManagedCachePolicies.find(id) != null) {
			throw new IllegalArgumentException(
					"The cache policy id '%1$s' belongs to a managed cache policy, use cachePolicy(\"%1$s\")"
						.formatted(id));
		}
		this.cachePolicyId = id;
		return this;
	}

	Behavior freeze(@Nullable PathPattern pattern, Duration defaultTtl) {
		checkCachePolicy();
		CachePolicy managed = this.managedPolicy;
		QueryStrings ownQueryStrings = (this.queryStrings != null) ? this.queryStrings : QueryStrings.ALL;
		TtlLimits ownTtl = (this.ttl != null) ? this.ttl : TtlLimits.of(defaultTtl);
		QueryStrings queryStrings = (managed != null) ? managed.queryStrings() : ownQueryStrings;
		if (this.legacy) {
			checkLegacy(queryStrings);
		}
		boolean forwardsWhole = this.forwardsAllQueryStrings
				|| (this.legacy && queryStrings.mode() == QueryStrings.Mode.WHITELIST);
		return new Behavior(pattern, this.origin, queryStrings, forwardsWhole,
				(managed != null) ? managed.ttl() : ownTtl, (managed != null) ? managed.id() : this.cachePolicyId,
				this.cachesOptions, this.legacy, this.viewerRequest, this.originRequest);
	}

	private void checkCachePolicy() {
		String id = this.cachePolicyId;
		if (this.managedPolicy != null
				&& (this.queryStrings != null || this.ttl != null || this.legacy || id != null)) {
			throw new IllegalArgumentException(
					"The managed cache policy '%s' sets query strings, TTLs and id, remove those of the behavior"
						.formatted(this.managedPolicy.name()));
		}
		if (id != null && id.isEmpty() != this.legacy) {
			throw new IllegalArgumentException(
					"Invalid cache policy id '%s', use an empty id with legacySettings() and only there".formatted(id));
		}
	}

	private void checkLegacy(QueryStrings queryStrings) {
		QueryStrings.Mode mode = queryStrings.mode();
		if (mode == QueryStrings.Mode.ALL_EXCEPT) {
			throw new IllegalArgumentException("Legacy settings cannot exclude the query strings %s, use a cache policy"
				.formatted(queryStrings.names()));
		}
		if (mode == QueryStrings.Mode.NONE && this.forwardsAllQueryStrings) {
			throw new IllegalArgumentException(
					"Legacy settings cannot forward query strings without caching by them, use a cache policy");
		}
	}

}
