package io.github.cftracker.memory;

import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

import io.github.cftracker.CacheTag;
import io.github.cftracker.TrackedPath;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a path.
 *
 * @param expiry when it expires in ms, {@link #NEVER} for never
 * @param route the MVC mapping that rendered it, {@code null} if none is known
 * @param tags its cache tags, or {@link CacheTag#ANY} alone
 */
record MemoryPath(long expiry, @Nullable String route, Set<String> tags) {

	static final long NEVER = Long.MAX_VALUE;

	private static final int MAX_TAGS = 64;

	/**
	 * A path that is tracked again: its lifetime is never shortened, and it has its old
	 * tags too, because another edge may have the older response.
	 */
	MemoryPath and(MemoryPath newer) {
		return new MemoryPath(Math.max(this.expiry, newer.expiry), (newer.route != null) ? newer.route : this.route,
				union(this.tags, newer.tags));
	}

	private static Set<String> union(Set<String> first, Set<String> second) {
		if (first.containsAll(second)) {
			return first;
		}
		Set<String> union = new HashSet<>(first);
		union.addAll(second);
		return (union.contains(CacheTag.ANY) || union.size() > MAX_TAGS) ? Set.of(CacheTag.ANY) : Set.copyOf(union);
	}

	MemoryPath until(long expiry) {
		return new MemoryPath(expiry, this.route, this.tags);
	}

	MemoryPath withAnyTag() {
		return new MemoryPath(this.expiry, this.route, Set.of(CacheTag.ANY));
	}

	TrackedPath described(String path) {
		return new TrackedPath(path, (this.expiry == NEVER) ? null : Instant.ofEpochMilli(this.expiry), this.route,
				this.tags);
	}

}
