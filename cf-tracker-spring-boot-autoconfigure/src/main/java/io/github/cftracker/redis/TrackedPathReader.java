package io.github.cftracker.redis;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;

import io.github.cftracker.TrackedPath;
import org.jspecify.annotations.Nullable;

/**
 * Reader of tracked paths with their routes and tags, 1,000 at a time, or fewer if fewer
 * are wanted.
 */
final class TrackedPathReader {

	private final RedisScripts scripts;

	private final RedisKeys keys;

	TrackedPathReader(RedisScripts scripts, RedisKeys keys) {
		this.scripts = scripts;
		this.keys = keys;
	}

	List<TrackedPath> scan(String prefix, int limit) {
		// A scan may return a member twice
		Map<String, TrackedPath> found = new LinkedHashMap<>();
		read(prefix, Math.min(Math.max(limit, 1), RedisScripts.CHUNK), (path) -> {
			if (found.size() < limit) {
				found.put(path.path(), path);
			}
			return found.size() < limit;
		});
		return List.copyOf(found.values());
	}

	void forEach(Consumer<TrackedPath> action) {
		read("/", RedisScripts.CHUNK, (path) -> {
			action.accept(path);
			return true;
		});
	}

	private void read(String prefix, int size, Predicate<TrackedPath> reader) {
		long now = this.scripts.number(RedisScripts.NOW, List.of(this.keys.paths()));
		RedisRoutes routes = new RedisRoutes(this.scripts, this.keys);
		Map<String, Double> chunk = new LinkedHashMap<>();
		boolean more = this.scripts.scan(this.keys.paths(), "ZSCAN", RedisGlob.startingWith(prefix), size, (part) -> {
			boolean wanted = true;
			for (int i = 0; i < part.size() && wanted; i += 2) {
				double score = RedisRoutes.score(part.get(i + 1));
				if (score > now) {
					chunk.put(part.get(i), score);
				}
				wanted = chunk.size() < size || describe(chunk, routes, reader);
			}
			return wanted;
		});
		if (more) {
			describe(chunk, routes, reader);
		}
	}

	/**
	 * Describe paths until the reader has enough, and clear the chunk.
	 * @return whether the reader takes more
	 */
	private boolean describe(Map<String, Double> chunk, RedisRoutes routes, Predicate<TrackedPath> reader) {
		List<@Nullable String> tags = chunk.isEmpty() ? List.of()
				: this.scripts.list(this.keys.tags(), "HMGET", chunk.keySet().toArray());
		Iterator<@Nullable String> next = tags.iterator();
		boolean more = true;
		for (Map.Entry<String, Double> member : chunk.entrySet()) {
			String known = next.next();
			more = more && reader
				.test(routes.trackedPath(member.getKey(), member.getValue(), (known != null) ? known : ""));
		}
		chunk.clear();
		return more;
	}

}
