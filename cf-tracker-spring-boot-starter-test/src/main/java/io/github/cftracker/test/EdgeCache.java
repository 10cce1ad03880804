package io.github.cftracker.test;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * The objects the edge holds, by cache key. Beyond the limit the oldest goes; the size of
 * the bodies is not limited.
 */
final class EdgeCache {

	private final Map<String, StoredObject> objects = new LinkedHashMap<>();

	/**
	 * The keys that an invalidation spells in another way, by that spelling.
	 */
	private final Map<String, List<String>> respelled = new HashMap<>();

	private final int maxObjects;

	private final Clock clock;

	private final Supplier<@Nullable String> tagHeader;

	private boolean wildcardsMatchEmpty;

	EdgeCache(int maxObjects, Clock clock, Supplier<@Nullable String> tagHeader) {
		this.maxObjects = maxObjects;
		this.clock = clock;
		this.tagHeader = tagHeader;
	}

	synchronized void wildcardsMatchEmpty(boolean wildcardsMatchEmpty) {
		this.wildcardsMatchEmpty = wildcardsMatchEmpty;
	}

	/**
	 * Return the object that answers the method. It may have expired if it can be
	 * revalidated.
	 */
	synchronized @Nullable StoredObject find(String target, String method) {
		String key = key(target, method);
		StoredObject found = this.objects.get(key);
		if (found == null || !found.answers(method)) {
			return null;
		}
		if (found.isExpired(this.clock.instant()) && !found.revalidates()) {
			remove(key);
			return null;
		}
		return found;
	}

	/**
	 * Drops the object, unless it was replaced.
	 */
	synchronized void drop(StoredObject object, String method) {
		String key = key(object.target(), method);
		if (this.objects.get(key) == object) {
			remove(key);
		}
	}

	synchronized void put(String target, String method, OriginResponse response, Duration ttl) {
		String key = key(target, method);
		// Without the removal an object that is replaced would keep its old place in line
		remove(key);
		this.objects.put(key, new StoredObject(target, method, response, this.clock.instant(), ttl,
				CacheTags.of(response, this.tagHeader.get())));
		String spelling = EncodedTarget.of(target);
		if (!spelling.equals(key)) {
			this.respelled.computeIfAbsent(spelling, (ignored) -> new ArrayList<>(1)).add(key);
		}
		if (this.objects.size() > this.maxObjects) {
			remove(this.objects.keySet().iterator().next());
		}
	}

	/**
	 * A target begins with a slash, or is the asterisk of OPTIONS, so the keys of OPTIONS
	 * are like no target.
	 */
	private static String key(String target, String method) {
		return method.equals("OPTIONS") ? "OPTIONS " + target : target;
	}

	private void remove(String key) {
		StoredObject removed = this.objects.remove(key);
		String spelling = (removed != null) ? EncodedTarget.of(removed.target()) : key;
		if (!spelling.equals(key)) {
			this.respelled.computeIfPresent(spelling, (ignored, keys) -> {
				keys.remove(key);
				return keys.isEmpty() ? null : keys;
			});
		}
	}

	/**
	 * Drops what the invalidation paths name.
	 */
	synchronized void drop(List<String> paths) {
		for (String path : paths) {
			remove(path);
			dropRespelled(this.respelled.remove(path));
		}
		PathPrefixes prefixes = PathPrefixes.of(paths);
		if (!prefixes.isEmpty()) {
			Predicate<String> covered = this.wildcardsMatchEmpty ? prefixes::cover : prefixes::coverBeyond;
			this.objects.keySet().removeIf(covered);
			this.respelled.entrySet().removeIf((entry) -> {
				boolean dropped = covered.test(entry.getKey());
				if (dropped) {
					dropRespelled(entry.getValue());
				}
				return dropped;
			});
		}
		dropTagged(CacheTags.named(paths));
	}

	private void dropTagged(Set<String> tags) {
		if (!tags.isEmpty()) {
			String header = this.tagHeader.get();
			List<String> keys = this.objects.entrySet()
				.stream()
				.filter((entry) -> entry.getValue().tags(header).stream().anyMatch(tags::contains))
				.map(Map.Entry::getKey)
				.toList();
			keys.forEach(this::remove);
		}
	}

	private void dropRespelled(@Nullable List<String> keys) {
		if (keys != null) {
			keys.forEach(this.objects::remove);
		}
	}

	/**
	 * What a viewer would still be answered with, the oldest first. An object is
	 * described when it is asked for: all at once might not fit in the heap.
	 */
	synchronized List<CachedObject> objects() {
		Instant now = this.clock.instant();
		String header = this.tagHeader.get();
		List<StoredObject> stored = this.objects.values().stream().filter((object) -> !object.isExpired(now)).toList();
		return new AbstractList<>() {

			@Override
			public CachedObject get(int index) {
				return stored.get(index).describe(header);
			}

			@Override
			public int size() {
				return stored.size();
			}

		};
	}

	synchronized void clear() {
		this.objects.clear();
		this.respelled.clear();
	}

}
