package io.github.cftracker.redis;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

import io.github.cftracker.Claim;
import io.github.cftracker.TrackedPath;

/**
 * A {@link Claim} in a sorted set of its own.
 */
final class RedisClaim implements Claim {

	private static final RedisScript<Long> ADD = RedisScripts.returningNumber(RedisScripts.REMOVAL, RedisScripts.TAGS,
			"claim-some.lua");

	private static final RedisScript<List<String>> NEXT = RedisScripts.returningList(RedisScripts.TAGS,
			"claim-next.lua");

	private static final RedisScript<Long> RENEW = RedisScripts.returningNumber("claim-renew.lua");

	private static final RedisScript<Long> FORGET = RedisScripts.returningNumber(RedisScripts.TAGS, "claim-forget.lua");

	private static final RedisScript<Long> GIVE_BACK = RedisScripts.returningNumber(RedisScripts.TAGS, "give-back.lua");

	private static final RedisScript<Long> END = RedisScripts.returningNumber(RedisScripts.TAGS, "claim-end.lua");

	private final RedisScripts scripts;

	private final RedisKeys keys;

	private final String id;

	private final RedisRoutes routes;

	private long size;

	RedisClaim(RedisScripts scripts, RedisKeys keys, String id, long size) {
		this.routes = new RedisRoutes(scripts, keys);
		this.scripts = scripts;
		this.keys = keys;
		this.id = id;
		this.size = size;
	}

	long add(List<String> paths) {
		inChunks(paths, (chunk) -> {
			List<Object> args = new ArrayList<>(chunk.size() + 1);
			args.add(this.id);
			args.addAll(chunk);
			this.size += this.scripts.number(ADD,
					List.of(this.keys.paths(), this.keys.claims(), this.keys.claim(this.id)), args.toArray());
		});
		return this.size;
	}

	@Override
	public long size() {
		return this.size;
	}

	@Override
	public List<TrackedPath> next(int max) {
		if (this.size == 0) {
			return List.of();
		}
		return this.routes.trackedPaths(this.scripts.list(NEXT, List.of(this.keys.claim(this.id), this.keys.claims()),
				this.id, Integer.toString(max)));
	}

	@Override
	public void forEach(Consumer<TrackedPath> action) {
		this.routes.readClaim(this.id, action);
	}

	@Override
	public void forget(Collection<String> paths) {
		inChunks(paths, (chunk) -> this.scripts.number(FORGET, List.of(this.keys.claim(this.id)), chunk.toArray()));
	}

	@Override
	public void giveBack(Collection<String> paths) {
		inChunks(paths, (chunk) -> this.scripts.number(GIVE_BACK,
				List.of(this.keys.paths(), this.keys.claim(this.id), this.keys.untracked(this.id)), chunk.toArray()));
	}

	@Override
	public void renew() {
		this.scripts.number(RENEW, List.of(this.keys.claims()), this.id);
	}

	@Override
	public void close() {
		List<String> keys = List.of(this.keys.paths(), this.keys.claims(), this.keys.claim(this.id),
				this.keys.untracked(this.id));
		long ended = 0;
		while (ended == 0) {
			ended = this.scripts.number(END, keys, this.id, Integer.toString(RedisUrlStore.CHUNK));
		}
	}

	private static void inChunks(Collection<String> paths, Consumer<List<String>> action) {
		List<String> all = List.copyOf(paths);
		for (int start = 0; start < all.size(); start += RedisUrlStore.CHUNK) {
			action.accept(all.subList(start, Math.min(start + RedisUrlStore.CHUNK, all.size())));
		}
	}

}
