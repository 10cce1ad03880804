package io.github.cftracker.test;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An object that the edge holds, without its body. It does not follow later changes.
 *
 * @param target the cache key: the raw path, and of the query string what the cache
 * behavior caches by
 * @param status the HTTP status
 * @param headers the headers as the origin sent them, so without {@code X-Cache},
 * {@code Via} and {@code Age}, but always with {@code Date}; names are found in any case
 * @param storedAt when the edge stored it, or the origin last confirmed it with a 304
 * @param tags the cache tags that invalidations find it by, in lower case, each once and
 * in the order of the header
 */
public record CachedObject(String target, int status, Map<String, List<String>> headers, Instant storedAt,
		List<String> tags) {

	public CachedObject {
		Map<String, List<String>> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		headers.forEach((name, values) -> copy.put(name, List.copyOf(values)));
		headers = Collections.unmodifiableMap(copy);
		tags = List.copyOf(tags);
	}

	/**
	 * An object that is bound to no tag.
	 * @param target the cache key
	 * @param status the HTTP status
	 * @param headers the headers as the origin sent them
	 * @param storedAt when the edge stored it
	 */
	public CachedObject(String target, int status, Map<String, List<String>> headers, Instant storedAt) {
		this(target, status, headers, storedAt, List.of());
	}

}
