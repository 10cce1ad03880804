package io.github.cftracker.redis;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;

import io.github.cftracker.TrackedPath;
import io.github.cftracker.redis.RedisConnection.ScoredMember;
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
		List<ScoredMember> chunk = new ArrayList<>(RedisScripts.CHUNK);
		this.scripts.run(() -> {
			this.scripts.connection()
				.zscan(this.keys.paths(), RedisGlob.startingWith(prefix), RedisScripts.CHUNK, (member) -> {
					if (member.score() > now) {
						chunk.add(member);
					}
					return chunk.size() < RedisScripts.CHUNK || describe(chunk, routes, reader);
				});
			describe(chunk, routes, reader);
		});
	}

	/**
	 * Describe members until the reader has enough, and clear the chunk.
	 * @return whether the reader takes more
	 */
	private boolean describe(List<ScoredMember> chunk, RedisRoutes routes, Predicate<TrackedPath> reader) {
		List<String> paths = chunk.stream().map(ScoredMember::value).toList();
		List<@Nullable String> tags = paths.isEmpty() ? List.of()
				: this.scripts.connection().hmget(this.keys.tags(), paths);
		boolean more = true;
		for (int i = 0; i < paths.size() && more; i++) {
			String known = tags.get(i);
			more = reader.test(routes.trackedPath(paths.get(i), chunk.get(i).score(), (known != null) ? known : ""));
		}
		chunk.clear();
		return more;
	}

}
