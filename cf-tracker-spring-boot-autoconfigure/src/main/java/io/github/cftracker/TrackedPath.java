package io.github.cftracker;

import java.time.Instant;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Tracked path as the store returns it.
 *
 * @param path the path
 * @param expiresAt when it expires by the store's clock, {@code null} for never
 * @param route the MVC mapping that rendered it last, {@code null} if none is known;
 * {@link #ANY_ROUTE} if there were too many
 * @param tags the cache tags of its responses since it was last invalidated; only
 * {@link CacheTag#ANY} if there were too many; with {@link CacheTag#UNSENT} if CloudFront
 * may not know all of them
 */
public record TrackedPath(String path, @Nullable Instant expiresAt, @Nullable String route, Set<String> tags) {

	/**
	 * Route of a path that counts for every route.
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
	 * Return whether one of the given MVC mappings may have rendered the path.
	 * @param routes the mappings
	 * @return whether one of them has, or it is unknown which one has
	 */
	public boolean isOfAnyOf(Set<String> routes) {
		return this.route != null && !routes.isEmpty() && (routes.contains(this.route) || ANY_ROUTE.equals(this.route));
	}

	/**
	 * Return whether the path may have one of the given tags.
	 * @param tags tags as {@link CacheTag} writes them
	 * @return whether it has one of them, or its tags are unknown
	 */
	public boolean hasAnyOf(Set<String> tags) {
		if (tags.isEmpty() || this.tags.isEmpty()) {
			return false;
		}
		return this.tags.contains(CacheTag.ANY) || this.tags.stream().anyMatch(tags::contains);
	}

}
