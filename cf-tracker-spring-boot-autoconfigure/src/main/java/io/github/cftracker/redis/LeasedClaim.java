package io.github.cftracker.redis;

import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

import io.github.cftracker.Claim;
import io.github.cftracker.TrackedPath;

/**
 * The claim of a run in the ledger, which only the lease's holder may change.
 */
final class LeasedClaim implements Claim {

	private static final RedisScript<List<String>> NEXT = RedisScripts.fencedList(RedisScripts.TAGS,
			"run-claim-next.lua");

	private static final RedisScript<Long> FORGET = RedisScripts.fenced(RedisScripts.TAGS, "run-claim-forget.lua");

	private static final RedisScript<Long> FORGET_UNREADABLE = RedisScripts.fenced(RedisScripts.TAGS,
			"run-claim-forget-unreadable.lua");

	private static final char UNREADABLE = '\uFFFD';

	private static final RedisScript<Long> GIVE_BACK = RedisScripts.fenced(RedisScripts.TAGS,
			"run-claim-give-back.lua");

	private static final RedisScript<Long> END = RedisScripts.fenced(RedisScripts.TAGS, "run-claim-end.lua");

	private final FencedScripts scripts;

	private final RedisKeys keys;

	private final String id;

	private final RedisRoutes routes;

	private final long size;

	LeasedClaim(FencedScripts scripts, RedisKeys keys, String id, long size) {
		this.scripts = scripts;
		this.routes = new RedisRoutes(scripts.unfenced(), keys);
		this.keys = keys;
		this.id = id;
		this.size = size;
	}

	@Override
	public long size() {
		return this.size;
	}

	@Override
	public List<TrackedPath> next(int max) {
		return this.routes
			.trackedPaths(this.scripts.list(NEXT, this.scripts.call().on(this.keys.claim(this.id)).with(max)));
	}

	@Override
	public void forEach(Consumer<TrackedPath> action) {
		this.routes.readClaim(this.id, action);
	}

	@Override
	public void forget(Collection<String> paths) {
		inChunks(paths, (chunk) -> this.scripts.number(FORGET,
				this.scripts.call().on(this.keys.claim(this.id)).withAll(chunk)));
		long unreadable = paths.stream().filter((path) -> path.indexOf(UNREADABLE) != -1).count();
		if (unreadable > 0) {
			this.scripts.number(FORGET_UNREADABLE, this.scripts.call().on(this.keys.claim(this.id)).with(unreadable));
		}
	}

	@Override
	public void giveBack(Collection<String> paths) {
		inChunks(paths,
				(chunk) -> this.scripts.number(GIVE_BACK,
						this.scripts.call()
							.on(this.keys.paths(), this.keys.claim(this.id), this.keys.untracked(this.id))
							.withAll(chunk)));
	}

	@Override
	public void close() {
		while (end(this.scripts, this.scripts.call(), this.keys, this.id, RedisUrlStore.CHUNK) == 0) {
			// Part by part
		}
	}

	static long end(FencedScripts scripts, FencedScripts.Call call, RedisKeys keys, String id, int max) {
		return scripts.number(END,
				call.on(keys.paths(), keys.claims(), keys.claim(id), keys.untracked(id)).with(id, max));
	}

	static void inChunks(Collection<String> paths, Consumer<List<String>> action) {
		List<String> all = List.copyOf(paths);
		for (int start = 0; start < all.size(); start += RedisUrlStore.CHUNK) {
			action.accept(all.subList(start, Math.min(start + RedisUrlStore.CHUNK, all.size())));
		}
	}

}
