package io.github.cftracker.redis;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

import io.github.cftracker.PathPatterns;
import io.github.cftracker.Run;

/**
 * Claims for runs in the ledger.
 */
final class LeasedClaims {

	private static final RedisScript<Long> ALL = RedisScripts.fenced(RedisScripts.REMOVAL, "run-claim-all.lua");

	private static final RedisScript<Long> SOME = RedisScripts.fenced(RedisScripts.REMOVAL, RedisScripts.TAGS,
			"run-claim-some.lua");

	private static final RedisScript<Long> LATE = RedisScripts.fenced(RedisScripts.REMOVAL, "run-claim-late.lua");

	private static final int NAME_LENGTH = 8;

	private final FencedScripts scripts;

	private final RedisConnection connection;

	private final RedisKeys keys;

	private final Duration freshWindow;

	private final SelectedPaths selected;

	LeasedClaims(FencedScripts scripts, RedisConnection connection, RedisKeys keys, Duration freshWindow,
			PathPatterns patterns) {
		this.selected = new SelectedPaths(connection, scripts.unfenced(), keys, patterns);
		this.scripts = scripts;
		this.connection = connection;
		this.keys = keys;
		this.freshWindow = freshWindow;
	}

	LeasedClaim claim(Run run, FencedScripts.Call call) {
		Long claimed = run.paths();
		if (claimed != null) {
			// What was tracked since then is not part of it
			return open(run, claimed);
		}
		return open(run, run.selection().isEverything() ? claimAll(run, call) : claimSelected(run));
	}

	private LeasedClaim open(Run run, long size) {
		return new LeasedClaim(this.scripts, this.keys, run.id(), size);
	}

	private long claimAll(Run run, FencedScripts.Call call) {
		return this.scripts.number(
				ALL, call
					.on(this.keys.paths(), this.keys.claims(), this.keys.claim(run.id()), this.keys.accepted(),
							this.keys.late())
					.with(run.id(), this.freshWindow.toMillis(), newName()));
	}

	private static String newName() {
		return UUID.randomUUID().toString().substring(0, NAME_LENGTH);
	}

	String name(Run run, boolean late) {
		String field = late ? "lateClaim" : "claim";
		String name = this.scripts.unfenced().call(() -> this.connection.hget(this.keys.run(run.id()), field));
		return (name != null) ? name : "";
	}

	private long claimSelected(Run run) {
		claim(run, List.of());
		this.selected.forEach(run.selection(), (paths) -> claim(run, paths));
		return claim(run, List.of());
	}

	private long claim(Run run, List<String> paths) {
		return this.scripts.number(SOME,
				this.scripts.call(run.id(), List.of())
					.on(this.keys.paths(), this.keys.claims(), this.keys.claim(run.id()), this.keys.accepted())
					.with(run.id(), this.freshWindow.toMillis(), newName())
					.withAll(paths));
	}

	LeasedClaim claimLate(Run run, Collection<String> paths) {
		long size = this.scripts.number(LATE,
				this.scripts.call(run.id(), List.of())
					.on(this.keys.paths(), this.keys.claims(), this.keys.claim(run.id()), this.keys.late(),
							this.keys.unfinished(), this.keys.runs())
					.with(run.id(), newName())
					.withAll(paths));
		return open(run, size);
	}

}
