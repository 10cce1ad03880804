package io.github.cftracker.test;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The objects the edge holds, by raw path and query string. Beyond the limit the oldest
 * goes; the size of the bodies is not limited.
 */
final class EdgeCache {

	static final int MAX_OBJECTS = 100_000;

	private final Map<String, StoredObject> objects = new LinkedHashMap<>() {

		private static final long serialVersionUID = 1L;

		@Override
		protected boolean removeEldestEntry(Map.Entry<String, StoredObject> eldest) {
			return size() > MAX_OBJECTS;
		}

	};

	private final Clock clock;

	EdgeCache(Clock clock) {
		this.clock = clock;
	}

	synchronized @Nullable StoredObject find(String key, String method) {
		StoredObject found = this.objects.get(key);
		if (found == null || !found.answers(method)) {
			return null;
		}
		if (!found.expiresAt().isAfter(this.clock.instant())) {
			this.objects.remove(key);
			return null;
		}
		return found;
	}

	synchronized void put(String key, String method, OriginResponse response, Duration ttl) {
		Instant now = this.clock.instant();
		// Without the removal an object that is replaced would keep its old place in line
		this.objects.remove(key);
		this.objects.put(key, new StoredObject(method, response, now, now.plus(ttl)));
	}

	/**
	 * Drops what the invalidation paths name. A tag drops nothing.
	 */
	synchronized void drop(List<String> paths) {
		paths.forEach(this.objects::remove);
		List<String> prefixes = paths.stream()
			.filter(InvalidationPaths::isWildcard)
			.map((path) -> path.substring(0, path.length() - 1))
			.toList();
		if (!prefixes.isEmpty()) {
			this.objects.keySet().removeIf((key) -> prefixes.stream().anyMatch(key::startsWith));
		}
	}

	/**
	 * What a viewer would still be answered with, the oldest first.
	 */
	synchronized List<CachedObject> objects() {
		Instant now = this.clock.instant();
		return this.objects.entrySet()
			.stream()
			.filter((entry) -> entry.getValue().expiresAt().isAfter(now))
			.map((entry) -> entry.getValue().describe(entry.getKey()))
			.toList();
	}

	synchronized void clear() {
		this.objects.clear();
	}

	/**
	 * An answer to a GET also answers HEAD, but not the other way round.
	 */
	record StoredObject(String method, OriginResponse response, Instant storedAt, Instant expiresAt) {

		boolean answers(String method) {
			return this.method.equals("GET") || this.method.equals(method);
		}

		CachedObject describe(String target) {
			return new CachedObject(target, this.response.status(), this.response.headers(), this.storedAt);
		}

	}

}
