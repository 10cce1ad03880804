package io.github.cftracker.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

import io.github.cftracker.CacheTag;
import io.github.cftracker.PathPatterns;
import io.github.cftracker.Selection;
import io.github.cftracker.TrackedPath;

/**
 * Paths that a selection names or selects, in parts. What is named may not be tracked,
 * and a path may come twice.
 */
final class SelectedPaths {

	private final RedisScripts scripts;

	private final RedisKeys keys;

	private final PathPatterns patterns;

	SelectedPaths(RedisScripts scripts, RedisKeys keys, PathPatterns patterns) {
		this.scripts = scripts;
		this.keys = keys;
		this.patterns = patterns;
	}

	void forEach(Selection selection, Consumer<List<String>> action) {
		RedisScripts.inChunks(selection.exactPaths(), action);
		if (!selection.tags().isEmpty()) {
			selection.tags().forEach((tag) -> tagged(tag, action));
			tagged(CacheTag.ANY, action);
		}
		selection.prefixes().forEach((prefix) -> tracked(prefix, (path) -> true, action));
		Selection scanned = new Selection(List.of(), selection.matching(), selection.routes(), List.of());
		if (!scanned.isEverything()) {
			tracked("/", scanned.selector(this.patterns), action);
		}
	}

	private void tagged(String tag, Consumer<List<String>> action) {
		List<String> chunk = new ArrayList<>(RedisScripts.CHUNK);
		this.scripts.scan(this.keys.tag(tag), "SSCAN", "*", RedisScripts.CHUNK, (part) -> {
			part.forEach((path) -> add(path, chunk, action));
			return true;
		});
		end(chunk, action);
	}

	private void tracked(String prefix, Predicate<TrackedPath> selector, Consumer<List<String>> action) {
		RedisRoutes routes = new RedisRoutes(this.scripts, this.keys);
		List<String> chunk = new ArrayList<>(RedisScripts.CHUNK);
		this.scripts.scan(this.keys.paths(), "ZSCAN", RedisGlob.startingWith(prefix), RedisScripts.CHUNK, (part) -> {
			for (int i = 0; i < part.size(); i += 2) {
				if (selector.test(routes.trackedPath(part.get(i), RedisRoutes.score(part.get(i + 1)), ""))) {
					add(part.get(i), chunk, action);
				}
			}
			return true;
		});
		end(chunk, action);
	}

	private static void add(String path, List<String> chunk, Consumer<List<String>> action) {
		chunk.add(path);
		if (chunk.size() == RedisScripts.CHUNK) {
			end(chunk, action);
		}
	}

	private static void end(List<String> chunk, Consumer<List<String>> action) {
		if (!chunk.isEmpty()) {
			action.accept(List.copyOf(chunk));
			chunk.clear();
		}
	}

}
