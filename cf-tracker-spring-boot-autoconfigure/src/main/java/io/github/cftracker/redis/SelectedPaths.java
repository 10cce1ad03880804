package io.github.cftracker.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

import io.github.cftracker.CacheTag;
import io.github.cftracker.PathPatterns;
import io.github.cftracker.Selection;
import io.github.cftracker.TrackedPath;

import org.springframework.data.redis.core.Cursor;
import org.springframework.data.redis.core.ScanOptions;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.ZSetOperations.TypedTuple;

/**
 * Finds the paths that a selection names or selects, in chunks. What is named may not be
 * tracked, and a path may come twice.
 */
final class SelectedPaths {

	private final StringRedisTemplate template;

	private final RedisScripts scripts;

	private final RedisKeys keys;

	private final PathPatterns patterns;

	SelectedPaths(StringRedisTemplate template, RedisScripts scripts, RedisKeys keys, PathPatterns patterns) {
		this.template = template;
		this.scripts = scripts;
		this.keys = keys;
		this.patterns = patterns;
	}

	void forEach(Selection selection, Consumer<List<String>> action) {
		List<String> exact = selection.exactPaths();
		for (int start = 0; start < exact.size(); start += RedisUrlStore.CHUNK) {
			action.accept(exact.subList(start, Math.min(start + RedisUrlStore.CHUNK, exact.size())));
		}
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
		ScanOptions options = ScanOptions.scanOptions().count(RedisUrlStore.CHUNK).build();
		this.scripts.call(() -> {
			Chunks chunks = new Chunks(action);
			try (Cursor<String> cursor = this.template.opsForSet().scan(this.keys.tag(tag), options)) {
				cursor.forEachRemaining(chunks::add);
			}
			return chunks.end();
		});
	}

	private void tracked(String prefix, Predicate<TrackedPath> selector, Consumer<List<String>> action) {
		ScanOptions options = RedisGlob.scanOptions(prefix, RedisUrlStore.CHUNK);
		RedisRoutes routes = new RedisRoutes(this.scripts, this.keys);
		this.scripts.call(() -> {
			Chunks chunks = new Chunks(action);
			try (Cursor<TypedTuple<String>> cursor = this.template.opsForZSet().scan(this.keys.paths(), options)) {
				while (cursor.hasNext()) {
					TypedTuple<String> member = cursor.next();
					String path = String.valueOf(member.getValue());
					Double score = member.getScore();
					if (selector.test(routes.trackedPath(path, (score != null) ? score : 0, ""))) {
						chunks.add(path);
					}
				}
			}
			return chunks.end();
		});
	}

	private static final class Chunks {

		private final List<String> chunk = new ArrayList<>(RedisUrlStore.CHUNK);

		private final Consumer<List<String>> action;

		Chunks(Consumer<List<String>> action) {
			this.action = action;
		}

		void add(String path) {
			this.chunk.add(path);
			if (this.chunk.size() == RedisUrlStore.CHUNK) {
				end();
			}
		}

		boolean end() {
			if (!this.chunk.isEmpty()) {
				this.action.accept(List.copyOf(this.chunk));
				this.chunk.clear();
			}
			return true;
		}

	}

}
