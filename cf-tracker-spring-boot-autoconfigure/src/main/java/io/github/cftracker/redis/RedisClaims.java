package io.github.cftracker.redis;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

import io.github.cftracker.PathPatterns;
import io.github.cftracker.Run;
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
	 * Claim what a run selects, once.
	 * @param run the run
	 * @param call the call, which writes the run down
	 */
	RedisClaim claim(Run run, FencedScripts.Call call) {
		Long claimed = run.paths();
		// What was tracked since then is not part of it
		return (claimed != null) ? open(run.id(), claimed) : claim(run.id(), run.selection(), call);
	}

	/**
	 * Claim what is selected, without a lease.
	 */
	RedisClaim claim(String id, Selection selection) {
		return claim(id, selection, call(id));
	}

	private RedisClaim claim(String id, Selection selection, FencedScripts.Call call) {
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

	String name(Run run, boolean late) {
		String field = late ? "lateClaim" : "claim";
		RedisScripts unfenced = this.scripts.unfenced();
		String name = unfenced.call(() -> unfenced.connection().hget(this.keys.run(run.id()), field));
		return (name != null) ? name : "";
	}

	RedisClaim claimLate(Run run, Collection<String> paths) {
		long size = this.scripts.number(LATE,
				call(run.id())
					.on(this.keys.paths(), this.keys.claims(), this.keys.claim(run.id()), this.keys.late(),
							this.keys.unfinished(), this.keys.runs())
					.with(run.id(), newName())
					.withAll(paths));
		return open(run.id(), size);
	}

}
