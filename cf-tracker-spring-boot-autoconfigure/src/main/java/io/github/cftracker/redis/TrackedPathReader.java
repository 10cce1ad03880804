package io.github.cftracker.redis;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.github.cftracker.TrackedPath;
import org.jspecify.annotations.Nullable;

import org.springframework.data.redis.core.Cursor;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.ZSetOperations.TypedTuple;
import org.springframework.data.redis.core.script.RedisScript;

/**
 * Reads tracked paths with their routes and tags, a thousand at a time.
 */
final class TrackedPathReader {

	private final StringRedisTemplate template;

	private final RedisScripts scripts;

	private final RedisKeys keys;

	TrackedPathReader(StringRedisTemplate template, RedisScripts scripts, RedisKeys keys) {
		this.template = template;
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

	private void read(String prefix, Reader reader) {
		long now = this.scripts.number(RedisScripts.NOW, List.of(this.keys.paths()));
		RedisRoutes routes = new RedisRoutes(this.scripts, this.keys);
		this.scripts.call(() -> {
			try (Cursor<TypedTuple<String>> cursor = this.template.opsForZSet()
				.scan(this.keys.paths(), RedisGlob.scanOptions(prefix, RedisUrlStore.CHUNK))) {
				boolean more = true;
				while (more && cursor.hasNext()) {
					for (TrackedPath path : describe(chunk(cursor, now), routes)) {
						more = more && reader.read(path);
					}
				}
			}
			return this;
		});
	}

	private static List<TypedTuple<String>> chunk(Cursor<TypedTuple<String>> cursor, long now) {
		List<TypedTuple<String>> chunk = new ArrayList<>(RedisUrlStore.CHUNK);
		while (chunk.size() < RedisUrlStore.CHUNK && cursor.hasNext()) {
			TypedTuple<String> member = cursor.next();
			Double score = member.getScore();
			if (score != null && score > now) {
				chunk.add(member);
			}
		}
		return chunk;
	}

	private List<TrackedPath> describe(List<TypedTuple<String>> members, RedisRoutes routes) {
		if (members.isEmpty()) {
			return List.of();
		}
		List<String> paths = members.stream().map((member) -> String.valueOf(member.getValue())).toList();
		List<@Nullable String> tags = this.template.<String, String>opsForHash().multiGet(this.keys.tags(), paths);
		List<TrackedPath> described = new ArrayList<>(paths.size());
		for (int i = 0; i < paths.size(); i++) {
			Double score = members.get(i).getScore();
			String known = tags.get(i);
			described.add(routes.trackedPath(paths.get(i), (score != null) ? score : 0, (known != null) ? known : ""));
		}
		return described;
	}

	@FunctionalInterface
	private interface Reader {

		/**
		 * Takes a path.
		 * @return whether to go on
		 */
		boolean read(TrackedPath path);

	}

}
