package io.github.cftracker.redis;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import io.github.cftracker.TrackedPath;
import org.jspecify.annotations.Nullable;

/**
 * Meaning of scores: until when a path is tracked, in whole milliseconds, and which route
 * has rendered it, in 1024ths of one. So a route costs no memory.
 */
final class RedisRoutes {

	/**
	 * Least score of a path that never expires: the year 2109, after which a score has no
	 * bits left for a fraction.
	 */
	private static final double FOREVER = 4_398_046_511_104.0;

	private static final int ROUTES = 1024;

	private static final RedisScript<List<String>> READ = RedisScripts.returningList("claim-read.lua");

	private final RedisScripts scripts;

	private final RedisKeys keys;

	private Map<Integer, String> names = Map.of();

	RedisRoutes(RedisScripts scripts, RedisKeys keys) {
		this.scripts = scripts;
		this.keys = keys;
	}

	/**
	 * Create paths from values: each path is followed by its score and its tags.
	 */
	List<TrackedPath> trackedPaths(List<String> values) {
		List<TrackedPath> paths = new ArrayList<>(values.size() / 3);
		for (int i = 0; i < values.size(); i += 3) {
			paths.add(trackedPath(values.get(i), score(values.get(i + 1)), values.get(i + 2)));
		}
		return paths;
	}

	/**
	 * Return a score as a number. Another client may have written an infinite one.
	 */
	static double score(String value) {
		return value.endsWith("inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(value);
	}

	TrackedPath trackedPath(String path, double score, String tags) {
		Instant expiresAt = (score >= FOREVER) ? null : Instant.ofEpochMilli((long) score);
		return new TrackedPath(path, expiresAt, route(score), tags.isEmpty() ? Set.of() : Set.of(tags.split(" ")));
	}

	private @Nullable String route(double score) {
		int number = Double.isInfinite(score) ? 0 : (int) Math.round((score - Math.floor(score)) * ROUTES);
		if (number == 0) {
			return null;
		}
		if (number == ROUTES - 1) {
			return TrackedPath.ANY_ROUTE;
		}
		if (!this.names.containsKey(number)) {
			this.names = readNames();
		}
		return this.names.get(number);
	}

	private Map<Integer, String> readNames() {
		Map<Integer, String> names = new HashMap<>();
		this.scripts.hash(this.keys.routes()).forEach((route, number) -> names.put(Integer.valueOf(number), route));
		return names;
	}

	/**
	 * Read a claim, which must not change in the meantime except for what expires.
	 */
	void readClaim(String id, Consumer<TrackedPath> action) {
		int rank = 0;
		int read = RedisScripts.CHUNK;
		while (read == RedisScripts.CHUNK) {
			List<String> found = this.scripts.list(READ, List.of(this.keys.claim(id)), Integer.toString(rank),
					Integer.toString(RedisScripts.CHUNK));
			read = Integer.parseInt(found.get(0));
			rank += read;
			trackedPaths(found.subList(1, found.size())).forEach(action);
		}
	}

}
