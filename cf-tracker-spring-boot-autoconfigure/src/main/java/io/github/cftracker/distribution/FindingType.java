package io.github.cftracker.distribution;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * Types of findings. The id of a finding is the name of its type in lower case, with
 * hyphens. {@code docs/findings.md} lists the types in this order.
 */
public enum FindingType {

	/**
	 * The settings of the distribution could not be read.
	 */
	SETTINGS_UNREADABLE(true),

	/**
	 * The distribution does not exist.
	 */
	DISTRIBUTION_NOT_FOUND(true),

	/**
	 * The AWS SDK is too old to read a part of the settings.
	 */
	SDK_TOO_OLD(true),

	/**
	 * The settings have changed in such a way that some objects which were cached in the
	 * meantime cannot be found.
	 */
	SETTINGS_CHANGED(true),

	/**
	 * The distribution serves distribution tenants only.
	 */
	TENANT_ONLY(true),

	/**
	 * The distribution is disabled.
	 */
	DISTRIBUTION_DISABLED(false),

	/**
	 * The distribution is a staging distribution.
	 */
	STAGING_DISTRIBUTION(true),

	/**
	 * A staging distribution serves a part of the viewers.
	 */
	CONTINUOUS_DEPLOYMENT(true),

	/**
	 * No cache behavior forwards to this application.
	 */
	NO_APPLICATION_ORIGIN(true),

	/**
	 * The configured origin does not exist.
	 */
	UNKNOWN_ORIGIN_ID(true),

	/**
	 * The configured origin path is not the one that CloudFront adds.
	 */
	ORIGIN_PATH_MISMATCH(true),

	/**
	 * CloudFront does not send the secret header.
	 */
	SECRET_HEADER_MISSING(true),

	/**
	 * No cache behavior of this application caches anything.
	 */
	NOTHING_CACHED(false),

	/**
	 * A cache policy does not exist.
	 */
	CACHE_POLICY_MISSING(true),

	/**
	 * A cache policy may not be read.
	 */
	CACHE_POLICY_UNREADABLE(true),

	/**
	 * The configured query strings are not those of the cache key.
	 */
	QUERY_STRING_MISMATCH(true),

	/**
	 * The configured tag header is not the one that CloudFront reads.
	 */
	TAG_HEADER_MISMATCH(false),

	/**
	 * A function may rewrite paths behind the cache.
	 */
	ORIGIN_REQUEST_FUNCTION(true),

	/**
	 * A function may rewrite paths before the cache.
	 */
	VIEWER_REQUEST_FUNCTION(true),

	/**
	 * CloudFront caches the pages of another origin where this application has none.
	 */
	ORIGIN_FAILOVER(true),

	/**
	 * A function has rewritten a path.
	 */
	PATH_REWRITTEN(true),

	/**
	 * CloudFront requested a path that no cache behavior of this application matches.
	 */
	PATH_OUTSIDE_BEHAVIORS(true),

	/**
	 * CloudFront sent no header with the viewer's path.
	 */
	PATH_HEADER_MISSING(true),

	/**
	 * The application's origin cannot be determined.
	 */
	UNKNOWN_ORIGIN(false),

	/**
	 * A requested path cannot be invalidated.
	 */
	PATH_NOT_TRACKABLE(true),

	/**
	 * A page has a lifetime, but its cache behavior caches nothing.
	 */
	BEHAVIOR_CACHES_NOTHING(false),

	/**
	 * CloudFront caches a response that must not be cached.
	 */
	CACHED_DESPITE_NO_STORE(false),

	/**
	 * A 404 has untracked a path that edges may still hold.
	 */
	NOT_FOUND_UNTRACKED(true),

	/**
	 * Paths with a session id are cached.
	 */
	SESSION_ID_IN_PATH(false),

	/**
	 * Responses that set a cookie are cached.
	 */
	SET_COOKIE_CACHED(false),

	/**
	 * Nearly no response may be cached.
	 */
	NOTHING_CACHEABLE(false),

	/**
	 * Browsers keep pages that no invalidation reaches.
	 */
	BROWSER_CACHE(false),

	/**
	 * The header of a response lacks some of its cache tags.
	 */
	TAGS_INCOMPLETE(true),

	/**
	 * Responses of a filter are not tracked.
	 */
	FILTER_OUTSIDE(true),

	/**
	 * Too many paths were requested.
	 */
	PATHS_DROPPED(true),

	/**
	 * Tracked paths cannot be written.
	 */
	STORE_NOT_WRITTEN(true),

	/**
	 * Runs are not processed.
	 */
	RUNS_STOPPED(false),

	/**
	 * A run has failed.
	 */
	RUN_FAILED(false),

	/**
	 * Runs cannot be read.
	 */
	RUNS_UNREADABLE(false),

	/**
	 * It is unknown whether CloudFront completes invalidations.
	 */
	COMPLETION_UNKNOWN(false);

	private final boolean affectsRuns;

	FindingType(boolean affectsRuns) {
		this.affectsRuns = affectsRuns;
	}

	/**
	 * Return the id of findings of this type.
	 * @return the id
	 */
	public String id() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	/**
	 * Return whether runs may leave objects in the cache while there is such a finding.
	 * Runs show these findings.
	 * @return whether runs are affected
	 */
	public boolean affectsRuns() {
		return this.affectsRuns;
	}

	/**
	 * Return whether {@code cf.tracker.findings.ignore} may contain the id. Findings that
	 * keep the tracker from working are always shown.
	 * @return whether such findings can be ignored
	 */
	public boolean canBeIgnored() {
		return switch (this) {
			case STORE_NOT_WRITTEN, RUNS_STOPPED, RUN_FAILED, RUNS_UNREADABLE -> false;
			default -> true;
		};
	}

	/**
	 * Return whether requests show such a finding only under certain settings of the
	 * distribution.
	 */
	boolean dependsOnSettings() {
		return switch (this) {
			case SETTINGS_CHANGED, PATH_NOT_TRACKABLE, NOT_FOUND_UNTRACKED, SESSION_ID_IN_PATH, SET_COOKIE_CACHED,
					TAGS_INCOMPLETE ->
				false;
			default -> true;
		};
	}

	/**
	 * Find the type of an id.
	 * @param id the id
	 * @return the type, {@code null} if the id is unknown
	 */
	public static @Nullable FindingType of(String id) {
		return Arrays.stream(values()).filter((type) -> type.id().equals(id)).findFirst().orElse(null);
	}

	/**
	 * Return the ids of all types that can be ignored.
	 * @return the ids
	 */
	public static List<String> ignorableIds() {
		return Arrays.stream(values()).filter(FindingType::canBeIgnored).map(FindingType::id).toList();
	}

}
