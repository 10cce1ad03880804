package io.github.cftracker.redis;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

import io.github.cftracker.PathPatterns;
import io.github.cftracker.Selection;

/**
 * Factory of claims: for runs in the ledger under its lease, and others without one.
 */
final class RedisClaims {

	private static final RedisScript<Long> ALL = RedisScripts.returningNumber("claim-all.lua");

	private static final RedisScript<Long> SOME = RedisScripts.returningNumber("claim-some.lua");

	private static final RedisScript<Long> LATE = RedisScripts.returningNumber("claim-late.lua");

	private static final int NAME_LENGTH = 8;

	private final FencedScripts scripts;

	private final RedisKeys keys;

	private final Duration freshWindow;

	private final SelectedPaths selected;

	RedisClaims(FencedScripts scripts, RedisKeys keys, Duration freshWindow, PathPatterns patterns) {
		this.selected = new SelectedPaths(scripts.unfenced(), keys, patterns);
		this.scripts = scripts;
		this.keys = keys;
		this.freshWindow = freshWindow;
	}

	/**
	 * Claim what is selected, without a lease.
	 */
	RedisClaim claim(String id, Selection selection) {
		return claim(id, selection, call(id));
	}

	/**
	 * Claim what is selected.
	 * @param id the claim's id, which is that of a run under a lease
	 * @param selection what to claim
	 * @param call the first call, which may also write the run
	 */
	RedisClaim claim(String id, Selection selection, FencedScripts.Call call) {
		if (selection.isEverything()) {
			return open(id, this.scripts.number(ALL, claiming(call, id)));
		}
		some(call, id, List.of());
		this.selected.forEach(selection, (paths) -> some(call(id), id, paths));
		return open(id, some(call(id), id, List.of()));
	}

	RedisClaim open(String id, long size) {
		return new RedisClaim(this.scripts, this.keys, id, size);
	}

	private long some(FencedScripts.Call call, String id, List<String> paths) {
		return this.scripts.number(SOME, claiming(call, id).withAll(paths));
	}

	private FencedScripts.Call call(String id) {
		return this.scripts.call(id, List.of());
	}

	private FencedScripts.Call claiming(FencedScripts.Call call, String id) {
		return call
			.on(this.keys.paths(), this.keys.claims(), this.keys.claim(id), this.keys.accepted(), this.keys.late())
			.with(id, this.freshWindow.toMillis(), newName());
	}

	private static String newName() {
		return UUID.randomUUID().toString().substring(0, NAME_LENGTH);
	}

	void claimLate(String id, Collection<String> paths) {
		this.scripts.number(LATE,
				call(id)
					.on(this.keys.paths(), this.keys.claims(), this.keys.claim(id), this.keys.late(),
							this.keys.unfinished(), this.keys.runs())
					.with(id, newName())
					.withAll(paths));
	}

}
