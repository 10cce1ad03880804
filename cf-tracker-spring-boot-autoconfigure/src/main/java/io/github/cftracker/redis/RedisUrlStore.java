package io.github.cftracker.redis;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;

import io.github.cftracker.Claim;
import io.github.cftracker.PathLifetime;
import io.github.cftracker.Selection;
import io.github.cftracker.TrackedPath;
import io.github.cftracker.UrlStore;
import io.github.cftracker.tracking.NumberedStore;
import org.jspecify.annotations.Nullable;

import org.springframework.data.redis.core.Cursor;
import org.springframework.data.redis.core.ScanOptions;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.core.ZSetOperations.TypedTuple;
import org.springframework.data.redis.core.script.RedisScript;

/**
 * A {@link UrlStore} in Redis 6.2 or newer: one sorted set of paths by expiry. No call
 * holds up Redis for longer than it takes to handle 1,000 paths.
 */
public final class RedisUrlStore implements NumberedStore {

	static final int CHUNK = 1000;

	private static final String SCHEMA_VERSION = "1";

	private static final RedisScript<Long> TRACK = RedisScripts.numbered("track.lua");

	private static final RedisScript<Long> EXPIRE = RedisScripts.numbered("expire.lua");

	private static final RedisScript<Long> UNTRACK = RedisScripts.numbered("untrack.lua");

	private static final RedisScript<Long> FOLD = RedisScripts.returningNumber("fold.lua");

	private static final RedisScript<Long> COUNT = RedisScripts.returningNumber("count.lua");

	private static final RedisScript<Long> NOW = RedisScripts.returningNumber("now.lua");

	private static final RedisScript<Long> REMOVE_EXPIRED = RedisScripts.returningNumber("remove-expired.lua");

	private final StringRedisTemplate template;

	private final RedisScripts scripts;

	private final RedisKeys keys;

	private final RedisClaims claims;

	private final NumberedWrites writes;

	/**
	 * Create a store.
	 * @param template the connection
	 * @param keys the names of the keys
	 * @param lease how long a claim may go without being renewed
	 */
	public RedisUrlStore(StringRedisTemplate template, RedisKeys keys, Duration lease) {
		this.template = template;
		this.scripts = new RedisScripts(template);
		this.keys = keys;
		this.claims = new RedisClaims(this.scripts, keys, lease);
		this.writes = new NumberedWrites(this.scripts, keys.number("paths", UUID.randomUUID().toString()));
	}

	@Override
	public void track(Collection<PathLifetime> paths) {
		List<Object> args = new ArrayList<>(3 * paths.size() + 1);
		args.add(SCHEMA_VERSION);
		for (PathLifetime path : paths) {
			args.add(lifetime(path));
			args.add(Long.toString(path.age().toMillis()));
			args.add(path.path());
		}
		this.writes.write(TRACK, List.of(this.keys.paths(), this.keys.schema(), this.keys.accepted(), this.keys.late()),
				args);
	}

	@Override
	public void expire(Collection<PathLifetime> paths) {
		List<String> over = paths.stream().filter(PathLifetime::isOver).map(PathLifetime::path).toList();
		if (!over.isEmpty()) {
			untrack(over);
		}
		List<PathLifetime> alive = paths.stream().filter((path) -> !path.isOver()).toList();
		if (!alive.isEmpty()) {
			List<Object> args = new ArrayList<>(2 * alive.size());
			for (PathLifetime path : alive) {
				args.add(lifetime(path));
				args.add(path.path());
			}
			this.writes.write(EXPIRE, List.of(this.keys.paths()), args);
		}
	}

	private static String lifetime(PathLifetime path) {
		return path.isForever() ? "+inf" : Long.toString(path.lifetime().toMillis());
	}

	@Override
	public void untrack(Collection<String> paths) {
		this.writes.write(UNTRACK, List.of(this.keys.paths(), this.keys.claims(), this.keys.claim("")),
				List.copyOf(paths));
	}

	@Override
	public void fold(PathLifetime wildcard, Collection<String> paths) {
		List<Object> args = new ArrayList<>(paths.size() + 1);
		args.add(wildcard.path());
		args.addAll(paths);
		this.scripts.number(FOLD, List.of(this.keys.paths(), this.keys.late()), args.toArray());
	}

	@Override
	public long acknowledged() {
		return this.writes.acknowledged();
	}

	@Override
	public OptionalLong takeLoss() {
		return this.writes.takeLoss();
	}

	@Override
	public long count() {
		return this.scripts.number(COUNT, List.of(this.keys.paths()));
	}

	@Override
	public List<TrackedPath> scan(String prefix, int limit) {
		long now = this.scripts.number(NOW, List.of(this.keys.paths()));
		// A scan may return a member twice
		Map<String, TrackedPath> found = new LinkedHashMap<>();
		this.scripts.call(() -> {
			try (Cursor<TypedTuple<String>> cursor = this.template.opsForZSet()
				.scan(this.keys.paths(), RedisGlob.scanOptions(prefix, CHUNK))) {
				while (cursor.hasNext() && found.size() < limit) {
					TrackedPath path = trackedPath(cursor.next(), now);
					if (path != null) {
						found.put(path.path(), path);
					}
				}
			}
			return found;
		});
		return List.copyOf(found.values());
	}

	private static @Nullable TrackedPath trackedPath(TypedTuple<String> member, long now) {
		String path = member.getValue();
		Double expiry = member.getScore();
		if (path == null || expiry == null || expiry <= now) {
			return null;
		}
		return new TrackedPath(path, expiry.isInfinite() ? null : Instant.ofEpochMilli(expiry.longValue()));
	}

	@Override
	public Claim claim(String id, Selection selection) {
		this.claims.endAbandoned();
		return this.claims.claim(id, (claims) -> {
			if (selection.isEverything()) {
				return claims.claimAll(id);
			}
			RedisClaim claim = claims.claimSome(id, selection.exactPaths());
			selection.prefixes().forEach((prefix) -> claimBelow(claim, prefix));
			return claim;
		});
	}

	private void claimBelow(RedisClaim claim, String prefix) {
		List<String> chunk = new ArrayList<>(CHUNK);
		ScanOptions options = RedisGlob.scanOptions(prefix, CHUNK);
		this.scripts.call(() -> {
			try (Cursor<TypedTuple<String>> cursor = this.template.opsForZSet().scan(this.keys.paths(), options)) {
				while (cursor.hasNext()) {
					chunk.add(String.valueOf(cursor.next().getValue()));
					if (chunk.size() == CHUNK) {
						claim.add(chunk);
						chunk.clear();
					}
				}
			}
			return claim.add(chunk);
		});
	}

	@Override
	public void removeExpired() {
		this.writes.check();
		this.claims.endAbandoned();
		long removed = CHUNK;
		while (removed == CHUNK) {
			removed = this.scripts.number(REMOVE_EXPIRED, List.of(this.keys.paths()), Integer.toString(CHUNK));
		}
	}

	@Override
	public String name() {
		return "redis";
	}

}
