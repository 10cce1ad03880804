package io.github.cftracker;

import java.time.Instant;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * A tracked path as the store shows it.
 *
 * @param path the path
 * @param expiresAt when it expires by the store's clock, {@code null} for never
 * @param route the MVC mapping that rendered it last, {@code null} if none is known;
 * {@link #ANY_ROUTE} if there were too many to tell
 * @param tags the cache tags it was rendered with since it was invalidated last;
 * {@link CacheTag#ANY} alone if they are not known, because there were too many, and
 * {@link CacheTag#UNSENT} among them if CloudFront may not know them all
 */
public record TrackedPath(String path, @Nullable Instant expiresAt, @Nullable String route, Set<String> tags) {

	/**
	 * Stands for every route.
	 */
	public static final String ANY_ROUTE = "*";

	public TrackedPath {
		tags = Set.copyOf(tags);
	}

	/**
	 * Create a path without a route and tags.
	 * @param path the path
	 * @param expiresAt when it expires by the store's clock, {@code null} for never
	 */
	public TrackedPath(String path, @Nullable Instant expiresAt) {
		this(path, expiresAt, null, Set.of());
	}

	/**
	 * Whether one of some MVC mappings has rendered it.
	 * @param routes the mappings
	 * @return whether one of them has, or which one has is not known
	 */
	public boolean isOfAnyOf(Set<String> routes) {
		return this.route != null && !routes.isEmpty() && (routes.contains(this.route) || ANY_ROUTE.equals(this.route));
	}

	/**
	 * Whether it has one of some tags.
	 * @param tags tags as {@link CacheTag} writes them
	 * @return whether it has one of them, or its tags are not known
	 */
	public boolean hasAnyOf(Set<String> tags) {
		if (tags.isEmpty() || this.tags.isEmpty()) {
			return false;
		}
		return this.tags.contains(CacheTag.ANY) || this.tags.stream().anyMatch(tags::contains);
	}

}
