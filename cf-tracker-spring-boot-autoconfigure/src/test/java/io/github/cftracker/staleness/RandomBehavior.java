package io.github.cftracker.staleness;

import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;

import io.github.cftracker.test.BehaviorSettings;

/**
 * A random cache behavior.
 *
 * @param pattern its path pattern, {@code *} for the default behavior
 * @param origin the id of its origin or origin group
 * @param policy how it caches
 * @param viewerRequest the function before the cache
 * @param originRequest the function behind the cache
 * @param cachesOptions whether OPTIONS is cached
 */
record RandomBehavior(String pattern, String origin, RandomPolicy policy, Rewriting viewerRequest,
		Rewriting originRequest, boolean cachesOptions) {

	static final String PATH_HEADER = "X-Viewer-Path";

	private static final List<String> ORIGINS = List.of("origin", "origin", "origin", "origin", "bucket", "app-first",
			"bucket-first", "other");

	static RandomBehavior random(Random random, String pattern, boolean pathHeader) {
		return new RandomBehavior(pattern, pattern.equals("*") && Choice.in(random, 80) ? "origin" : origin(random),
				RandomPolicy.random(random), pathHeader ? Rewriting.NONE : function(random), function(random),
				Choice.in(random, 20));
	}

	private static String origin(Random random) {
		return Choice.of(random, ORIGINS);
	}

	private static Rewriting function(Random random) {
		return Choice.in(random, 20) ? Choice.of(random, List.of(Rewriting.values())) : Rewriting.NONE;
	}

	RandomBehavior changed(Random random, boolean pathHeader) {
		return switch (random.nextInt(6)) {
			case 0, 1 -> with(this.policy.withOtherQueryStrings(random));
			case 2 -> with(this.policy.withOtherTtls(random));
			case 3 -> with(RandomPolicy.random(random));
			case 4 -> new RandomBehavior(this.pattern, origin(random), this.policy, this.viewerRequest,
					this.originRequest, this.cachesOptions);
			default -> new RandomBehavior(this.pattern, this.origin, this.policy,
					pathHeader ? Rewriting.NONE : function(random), function(random), this.cachesOptions);
		};
	}

	private RandomBehavior with(RandomPolicy policy) {
		return new RandomBehavior(this.pattern, this.origin, policy, this.viewerRequest, this.originRequest,
				this.cachesOptions);
	}

	/**
	 * The behavior as far as it does not matter for the query strings in the cache key.
	 */
	Object exceptQueryStrings() {
		return List.of(this.pattern, this.origin, this.policy.ttls(), this.viewerRequest, this.originRequest,
				this.cachesOptions);
	}

	boolean matches(String path) {
		String pattern = this.pattern.startsWith("/") || this.pattern.startsWith("*") ? this.pattern
				: "/" + this.pattern;
		StringBuilder regex = new StringBuilder();
		pattern.chars()
			.forEach(
					(c) -> regex.append((c == '*') ? ".*" : ((c == '?') ? "." : Pattern.quote(Character.toString(c)))));
		return path.replaceAll("/+", "/").matches(regex.toString());
	}

	boolean asksApplication() {
		return List.of("origin", "app-first", "bucket-first").contains(this.origin);
	}

	/**
	 * Whether what may be cached for a second is cached for no longer.
	 */
	boolean mayRevalidateSoon() {
		return this.origin.equals("origin") && this.policy.ttls().get(0) <= 1 && this.policy.ttls().get(2) >= 1;
	}

	/**
	 * Whether CloudFront asks a second origin where this application answers with 404.
	 */
	boolean failsOver() {
		return this.origin.equals("app-first");
	}

	/**
	 * The path that the object is cached under.
	 */
	String cachedPath(String viewerPath) {
		return this.viewerRequest.rewrite(viewerPath);
	}

	void applyTo(BehaviorSettings behavior, boolean sendsPathHeader) {
		String id = "p" + Integer.toHexString(this.pattern.hashCode());
		behavior.origin(this.origin);
		this.policy.applyTo(behavior, id);
		if (this.cachesOptions) {
			behavior.cachesOptions();
		}
		if (this.viewerRequest != Rewriting.NONE) {
			behavior.viewerRequest("viewer-" + id, this.viewerRequest::rewrite);
		}
		if (this.originRequest != Rewriting.NONE && sendsPathHeader) {
			behavior.originRequest("origin-" + id, this.originRequest::rewrite, PATH_HEADER);
		}
		else if (this.originRequest != Rewriting.NONE) {
			behavior.originRequest("origin-" + id, this.originRequest::rewrite);
		}
	}

	@Override
	public String toString() {
		return "%s -> %s, %s%s%s%s".formatted(this.pattern, this.origin, this.policy,
				(this.viewerRequest != Rewriting.NONE) ? ", viewer-request " + this.viewerRequest : "",
				(this.originRequest != Rewriting.NONE) ? ", origin-request " + this.originRequest : "",
				this.cachesOptions ? ", caches OPTIONS" : "");
	}

}
