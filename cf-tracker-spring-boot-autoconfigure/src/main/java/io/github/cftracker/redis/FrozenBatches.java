package io.github.cftracker.redis;

import java.time.Duration;
import java.time.YearMonth;
import java.util.List;

import io.github.cftracker.Run;
import io.github.cftracker.Run.Batch;
import io.github.cftracker.run.CallerReference;

/**
 * Frozen batches. Each is a claim under its caller reference, so that what is untracked
 * meanwhile is remembered alike.
 */
final class FrozenBatches {

	private static final RedisScript<List<String>> FREEZE = RedisScripts.fencedList("run-freeze.lua");

	private static final RedisScript<Long> SPLIT = RedisScripts.fenced("run-split.lua");

	private static final RedisScript<Long> RENAME = RedisScripts.fenced("run-rename.lua");

	private static final RedisScript<Long> SETTLE = RedisScripts.fenced(RedisScripts.REMOVAL, RedisScripts.TAGS,
			"run-settle.lua");

	private final FencedScripts scripts;

	private final RunWriter writer;

	private final RedisConnection connection;

	private final RedisKeys keys;

	private final Duration freshWindow;

	FrozenBatches(FencedScripts scripts, RunWriter writer, RedisConnection connection, RedisKeys keys,
			Duration freshWindow) {
		this.scripts = scripts;
		this.writer = writer;
		this.connection = connection;
		this.keys = keys;
		this.freshWindow = freshWindow;
	}

	List<String> freeze(Run run, Batch batch, List<String> items) {
		String reference = batch.callerReference();
		return this.scripts.list(FREEZE,
				this.writer.write(run, batch)
					.on(this.keys.claims(), this.keys.claim(run.id()), this.keys.untracked(run.id()),
							this.keys.claim(reference), this.keys.untracked(reference))
					.with(reference)
					.withAll(items));
	}

	List<String> items(Run run, Batch batch) {
		return this.scripts.unfenced().call(() -> this.connection.zrange(this.keys.claim(batch.callerReference())));
	}

	void split(Run run, Batch parent, Batch first, Batch second) {
		this.scripts.number(SPLIT,
				this.writer.write(run, parent, first, second)
					.on(this.keys.claims())
					.on(frozen(parent))
					.on(frozen(first))
					.on(frozen(second))
					.with(parent.callerReference(), first.callerReference(), second.callerReference(), first.items()));
	}

	void rename(Run run, Batch batch, Batch renamed, int possiblyBilledTwice) {
		this.scripts.number(RENAME,
				this.writer.write(run, batch, renamed)
					.on(this.keys.claims())
					.on(frozen(batch))
					.on(frozen(renamed))
					.with(batch.callerReference(), renamed.callerReference(), possiblyBilledTwice));
	}

	private String[] frozen(Batch batch) {
		return new String[] { this.keys.claim(batch.callerReference()), this.keys.untracked(batch.callerReference()) };
	}

	void accept(Run run, Batch batch, List<String> covering, YearMonth month) {
		String original = CallerReference.isLate(batch.callerReference()) ? "" : run.id();
		settle(run, batch, original, month, batch.items(), covering);
	}

	void reject(Run run, Batch batch, YearMonth month) {
		settle(run, batch, "", month, 0, List.of());
	}

	private void settle(Run run, Batch batch, String accepted, YearMonth month, int billed, List<String> covering) {
		this.scripts.number(SETTLE,
				this.writer.write(run, batch)
					.on(this.keys.claims())
					.on(frozen(batch))
					.on(this.keys.accepted(), this.keys.acceptedCovering(run.id()), this.keys.billed(month.toString()))
					.with(batch.callerReference(), accepted, this.freshWindow.toMillis(), billed)
					.withAll(covering));
	}

	void giveBack(Run run, Batch batch) {
		// In one part: a batch is small, and whoever resumes must find all of it or none
		new RedisClaim(this.scripts, this.keys, batch.callerReference(), batch.items())
			.end(this.writer.write(run, batch), batch.items());
	}

}
