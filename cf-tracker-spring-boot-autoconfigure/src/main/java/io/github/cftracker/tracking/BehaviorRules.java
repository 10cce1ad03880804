package io.github.cftracker.tracking;

import java.util.List;

import io.github.cftracker.InvalidationPath;
import io.github.cftracker.distribution.CacheBehavior;
import org.jspecify.annotations.Nullable;

/**
 * The rules of one cache behavior, for one request: what its response means, and which
 * paths stand for it.
 */
public final class BehaviorRules {

	private final @Nullable CacheBehavior behavior;

	private final TrackingPolicy policy;

	private final PathMapping mapping;

	private final RequestFindings findings;

	private final boolean failsOver;

	BehaviorRules(@Nullable CacheBehavior behavior, TrackingPolicy policy, PathMapping mapping,
			RequestFindings findings, boolean failsOver) {
		this.failsOver = failsOver;
		this.behavior = behavior;
		this.policy = policy;
		this.mapping = mapping;
		this.findings = findings;
	}

	boolean considers(String method) {
		return this.policy.considers(method);
	}

	boolean caches() {
		return this.behavior == null || !this.behavior.isDisabled();
	}

	Decision decide(String path, int status, @Nullable String cacheControl, @Nullable String expires,
			@Nullable String date) {
		Decision decision = this.policy.decide(status, cacheControl, expires, date);
		if (decision.action() == Decision.Action.NOT_FOUND && this.failsOver) {
			// The second origin may have the page, and CloudFront caches its answer
			return Decision.IGNORE;
		}
		if (this.behavior == null || decision.action() != Decision.Action.TRACK) {
			return decision;
		}
		if (this.behavior.isDisabled()) {
			if (CacheControl.of(cacheControl).age() > 0) {
				this.findings.uncached(this.behavior, path);
			}
			return Decision.IGNORE;
		}
		if (decision.forbidden()) {
			this.findings.cachedDespite(this.behavior, path);
		}
		return decision;
	}

	List<String> cached(String path, @Nullable String query) {
		List<String> cached = this.mapping.cached(path, query);
		if (cached.isEmpty()) {
			this.findings.notTrackable(path);
		}
		for (String item : cached) {
			if (!isPlain(item) && InvalidationPath.problemOf(item) != null) {
				this.findings.rejected(item);
			}
		}
		return cached;
	}

	/**
	 * Return whether CloudFront certainly accepts an item, which is encoded already.
	 */
	private static boolean isPlain(String item) {
		return item.length() <= InvalidationPath.MAX_LENGTH && item.indexOf('~') == -1 && item.indexOf('%') == -1;
	}

	@Nullable String key(String path, @Nullable String query) {
		List<String> cached = this.mapping.cached(path, query);
		return cached.isEmpty() ? null : cached.get(0);
	}

	List<String> gone(String path, @Nullable String query) {
		return this.mapping.gone(path, query);
	}

}
