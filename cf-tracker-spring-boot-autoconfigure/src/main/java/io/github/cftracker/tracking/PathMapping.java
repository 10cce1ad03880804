package io.github.cftracker.tracking;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

import io.github.cftracker.Selection;
import io.github.cftracker.distribution.QueryStrings;
import io.github.cftracker.distribution.WildcardSafety;
import org.jspecify.annotations.Nullable;

/**
 * Mapping of requests to the invalidation paths of what CloudFront caches. Most requests
 * have one.
 *
 * @param queryStrings the part of the query string that belongs to the cache key;
 * {@code null} if that is unknown: then a page with a query string is tracked with and
 * without it
 * @param defaultRootObject what CloudFront requests instead of {@code /}, empty if there
 * is none: it is not documented which of the two is cached, so both are tracked
 * @param safety which wildcards may be sent
 */
record PathMapping(@Nullable QueryStrings queryStrings, String defaultRootObject, WildcardSafety safety) {

	/**
	 * Return the paths of a response that CloudFront caches.
	 * @param path the raw path
	 * @param query the raw query string
	 * @return the invalidation paths, none if none may be sent
	 */
	List<String> cached(String path, @Nullable String query) {
		Collection<@Nullable String> queries = cachedQueries(query);
		if (queries.size() == 1 && !isRootObject(path)) {
			String target = target(path, queries.iterator().next());
			if (InvalidationPathEncoding.isPlain(target)) {
				return List.of(target);
			}
		}
		return invalidationPaths(path, queries);
	}

	/**
	 * Return the paths that a 404 removes. Wildcards are kept, because they cover other
	 * pages too. If a query string may be cached in several forms, all paths are kept,
	 * because the application knows only one of them.
	 * @param path the raw path
	 * @param query the raw query string
	 * @return the invalidation paths
	 */
	List<String> gone(String path, @Nullable String query) {
		Set<@Nullable String> queries = new LinkedHashSet<>();
		if (query == null || this.queryStrings == null) {
			queries.add(query);
		}
		else {
			queries.addAll(this.queryStrings.cached(query));
			if (queries.size() > 1 && !query.isEmpty()) {
				return List.of();
			}
		}
		return invalidationPaths(path, queries).stream().filter((gone) -> !Selection.isWildcard(gone)).toList();
	}

	private Collection<@Nullable String> cachedQueries(@Nullable String query) {
		if (query == null || (!query.isEmpty() && QueryStrings.ALL.equals(this.queryStrings))) {
			return Collections.singletonList(query);
		}
		return (this.queryStrings != null) ? this.queryStrings.cached(query) : Arrays.asList(query, null);
	}

	private List<String> invalidationPaths(String path, Collection<@Nullable String> queries) {
		String encoded = InvalidationPathEncoding.encoded(path);
		List<String> paths = new ArrayList<>(2);
		for (String query : queries) {
			add(paths, encoded, query);
			if (isRootObject(encoded)) {
				add(paths, "/", query);
			}
		}
		return paths;
	}

	private void add(List<String> paths, String path, @Nullable String query) {
		String encoded = (query != null) ? InvalidationPathEncoding.encoded(query) : null;
		String sendable = InvalidationPathEncoding.sendable(target(path, encoded), this.safety);
		if (sendable != null && !paths.contains(sendable)) {
			paths.add(sendable);
		}
	}

	private static String target(String path, @Nullable String query) {
		return (query != null) ? path + '?' + query : path;
	}

	private boolean isRootObject(String path) {
		return !this.defaultRootObject.isEmpty() && path.length() == this.defaultRootObject.length() + 1
				&& path.endsWith(this.defaultRootObject);
	}

}
