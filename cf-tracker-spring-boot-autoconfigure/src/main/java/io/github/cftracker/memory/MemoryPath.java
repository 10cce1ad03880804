package io.github.cftracker.memory;

import java.time.Instant;
import java.util.Set;

import io.github.cftracker.CacheTag;
import io.github.cftracker.TrackedPath;
import io.github.cftracker.recording.KnownTags;
import org.jspecify.annotations.Nullable;

/**
 * Properties of a tracked path.
 *
 * @param expiry when the path expires, in milliseconds, {@link #NEVER} for never
 * @param route the MVC mapping that rendered the page, {@code null} if unknown
 * @param tags the cache tags, or {@link CacheTag#ANY} alone
 */
record MemoryPath(long expiry, @Nullable String route, Set<String> tags) {

	static final long NEVER = Long.MAX_VALUE;

	/**
	 * Return this path after it was tracked again. The lifetime is never shortened, and
	 * the old tags are kept, because another edge may have the older response.
	 */
	MemoryPath and(MemoryPath newer) {
		return new MemoryPath(Math.max(this.expiry, newer.expiry), (newer.route != null) ? newer.route : this.route,
				KnownTags.ofBoth(this.tags, newer.tags));
	}

	MemoryPath until(long expiry) {
		return new MemoryPath(expiry, this.route, this.tags);
	}

	/**
	 * Return this path as a part of a wildcard that replaces several paths and has none
	 * of their tags alone.
	 */
	MemoryPath folded() {
		return this.tags.isEmpty() ? this
				: new MemoryPath(this.expiry, this.route, KnownTags.union(this.tags, Set.of(CacheTag.UNSENT)));
	}

	MemoryPath withAnyRoute() {
		return new MemoryPath(this.expiry, TrackedPath.ANY_ROUTE, this.tags);
	}

	MemoryPath withAnyTag() {
		return new MemoryPath(this.expiry, this.route, Set.of(CacheTag.ANY));
	}

	TrackedPath described(String path) {
		return new TrackedPath(path, (this.expiry == NEVER) ? null : Instant.ofEpochMilli(this.expiry), this.route,
				this.tags);
	}

}
