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
		Chunk chunk = new Chunk(reader);
		this.scripts.run(() -> {
			this.scripts.connection()
				.zscan(this.keys.paths(), RedisGlob.startingWith(prefix), RedisScripts.CHUNK,
						(member) -> member.score() <= now || chunk.add(member));
			chunk.end();
		});
	}

	/**
	 * Members that are described 1,000 at a time, while the reader takes them.
	 */
	private final class Chunk {

		private final RedisRoutes routes = new RedisRoutes(TrackedPathReader.this.scripts, TrackedPathReader.this.keys);

		private final List<ScoredMember> members = new ArrayList<>(RedisScripts.CHUNK);

		private final Predicate<TrackedPath> reader;

		private boolean more = true;

		Chunk(Predicate<TrackedPath> reader) {
			this.reader = reader;
		}

		boolean add(ScoredMember member) {
			this.members.add(member);
			if (this.members.size() == RedisScripts.CHUNK) {
				end();
			}
			return this.more;
		}

		void end() {
			if (this.more && !this.members.isEmpty()) {
				List<String> paths = this.members.stream().map(ScoredMember::value).toList();
				List<@Nullable String> tags = TrackedPathReader.this.scripts.connection()
					.hmget(TrackedPathReader.this.keys.tags(), paths);
				for (int i = 0; i < paths.size() && this.more; i++) {
					String known = tags.get(i);
					this.more = this.reader.test(this.routes.trackedPath(paths.get(i), this.members.get(i).score(),
							(known != null) ? known : ""));
				}
			}
			this.members.clear();
		}

	}

}
