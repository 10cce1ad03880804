package io.github.cftracker.test;

import java.util.Collection;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * The prefixes of wildcards, none of them covered by another. So the only one that a path
 * may begin with is the greatest that is not above the path.
 */
final class PathPrefixes {

	private final NavigableSet<String> prefixes = new TreeSet<>();

	private PathPrefixes() {
	}

	static PathPrefixes of(Collection<String> invalidationPaths) {
		PathPrefixes prefixes = new PathPrefixes();
		invalidationPaths.stream()
			.filter(InvalidationPaths::isWildcard)
			.map((path) -> path.substring(0, path.length() - 1))
			.sorted()
			.filter((prefix) -> !prefixes.cover(prefix))
			.forEachOrdered(prefixes.prefixes::add);
		return prefixes;
	}

	boolean isEmpty() {
		return this.prefixes.isEmpty();
	}

	boolean cover(String path) {
		String prefix = this.prefixes.floor(path);
		return prefix != null && path.startsWith(prefix);
	}

	/**
	 * Whether one of the wildcards covers the path with at least one character in place
	 * of its asterisk. AWS documents that {@code /*} covers everything.
	 */
	boolean coverBeyond(String path) {
		// The only prefix that the path begins with, so that no shorter one covers it
		return cover(path) && (path.equals("/") || !this.prefixes.contains(path));
	}

}
