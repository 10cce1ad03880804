package io.github.cftracker.redis;

import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

import io.github.cftracker.Claim;
import io.github.cftracker.TrackedPath;

/**
 * Claim in its own sorted set. That of a run in the ledger is changed only by the holder
 * of the lease, and never expires. Another one has no lease and has to be renewed.
 */
class RedisClaim implements Claim {

	private static final RedisScript<List<String>> NEXT = RedisScripts.returningList("claim-next.lua");

	private static final RedisScript<Long> RENEW = RedisScripts.returningNumber("claim-renew.lua");

	private static final RedisScript<Long> FORGET = RedisScripts.returningNumber("claim-forget.lua");

	private static final RedisScript<Long> GIVE_BACK = RedisScripts.returningNumber("claim-give-back.lua");

	private static final char UNREADABLE = '\uFFFD';

	private final FencedScripts scripts;

	private final RedisKeys keys;

	private final String id;

	private final RedisRoutes routes;

	private final long size;

	RedisClaim(FencedScripts scripts, RedisKeys keys, String id, long size) {
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
		return this.routes.trackedPaths(this.scripts.list(NEXT,
				this.scripts.call().on(this.keys.claims(), this.keys.claim(this.id)).with(this.id, max)));
	}

	@Override
	public void forEach(Consumer<TrackedPath> action) {
		this.routes.readClaim(this.id, action);
	}

	@Override
	public void forget(Collection<String> paths) {
		RedisScripts.inChunks(paths, (chunk) -> forget(0, chunk));
		long unreadable = paths.stream().filter((path) -> path.indexOf(UNREADABLE) != -1).count();
		if (unreadable > 0) {
			forget(unreadable, List.of());
		}
	}

	private void forget(long unreadable, List<String> paths) {
		this.scripts.number(FORGET, this.scripts.call().on(this.keys.claim(this.id)).with(unreadable).withAll(paths));
	}

	@Override
	public void giveBack(Collection<String> paths) {
		RedisScripts.inChunks(paths, (chunk) -> giveBack(chunk.size(), chunk));
	}

	@Override
	public void renew() {
		// Another thread may be waiting for a script of the claim
		this.scripts.unfenced().number(RENEW, List.of(this.keys.claims()), this.id);
	}

	@Override
	public void close() {
		long ended = 0;
		while (ended == 0) {
			ended = giveBack(RedisScripts.CHUNK, List.of());
		}
	}

	/**
	 * Give back paths, or if there are none, a part of what is left. The last part ends
	 * the claim.
	 * @param max the maximum number of paths to give back
	 * @return 1 if the claim has ended
	 */
	private long giveBack(int max, List<String> paths) {
		return this.scripts.number(GIVE_BACK,
				this.scripts.call()
					.on(this.keys.paths(), this.keys.claims(), this.keys.claim(this.id), this.keys.untracked(this.id))
					.with(this.id, max)
					.withAll(paths));
	}

}
