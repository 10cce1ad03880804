package io.github.cftracker.redis;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;

import io.github.cftracker.TrackedPath;
import org.jspecify.annotations.Nullable;

/**
 * Reader of tracked paths with their routes and tags, 1,000 at a time.
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
		read(prefix, (path) -> {
			if (found.size() < limit) {
				found.put(path.path(), path);
			}
			return found.size() < limit;
		});
		return List.copyOf(found.values());
	}

	void forEach(Consumer<TrackedPath> action) {
		read("/", (path) -> {
			action.accept(path);
			return true;
		});
	}

	private void read(String prefix, Predicate<TrackedPath> reader) {
		long now = this.scripts.number(RedisScripts.NOW, List.of(this.keys.paths()));
		RedisRoutes routes = new RedisRoutes(this.scripts, this.keys);
		this.scripts.scan(this.keys.paths(), "ZSCAN", RedisGlob.startingWith(prefix), (part) -> {
			List<String> paths = new ArrayList<>();
			List<Double> scores = new ArrayList<>();
			for (int i = 0; i < part.size(); i += 2) {
				double score = RedisRoutes.score(part.get(i + 1));
				if (score > now) {
					paths.add(part.get(i));
					scores.add(score);
				}
			}
			return describe(paths, scores, routes, reader);
		});
	}

	/**
	 * Describe paths until the reader has enough.
	 * @return whether the reader takes more
	 */
	private boolean describe(List<String> paths, List<Double> scores, RedisRoutes routes,
			Predicate<TrackedPath> reader) {
		List<@Nullable String> tags = paths.isEmpty() ? List.of()
				: this.scripts.list(this.keys.tags(), "HMGET", paths.toArray());
		boolean more = true;
		for (int i = 0; i < paths.size() && more; i++) {
			String known = tags.get(i);
			more = reader.test(routes.trackedPath(paths.get(i), scores.get(i), (known != null) ? known : ""));
		}
		return more;
	}

}
