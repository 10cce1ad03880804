package io.github.cftracker.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.github.cftracker.Run;
import io.github.cftracker.Run.Batch;
import io.github.cftracker.Run.RejectedPath;
import io.github.cftracker.Run.State;
import io.github.cftracker.StoreUnavailableException;
import io.github.cftracker.run.CallerReference;
import io.github.cftracker.run.RunLedger;
import io.github.cftracker.run.Step;

/**
 * Steps in Redis. Each step is one script, which also writes the run as far as it has
 * changed. Only a plan of more than 1,000 items takes several, of which the last one
 * counts.
 */
final class RedisSteps {

	private static final RedisScript<Long> STEP = RedisScripts.returningNumber("run-step.lua");

	private static final Duration LIMIT_KEPT = Duration.ofMinutes(15);

	private final Map<String, Integer> rejectedWritten = new ConcurrentHashMap<>();

	private final FencedScripts scripts;

	private final RedisRunLedger ledger;

	private final RedisKeys keys;

	private final Duration freshWindow;

	private final RedisClaims claims;

	RedisSteps(FencedScripts scripts, RedisRunLedger ledger, RedisKeys keys, Duration freshWindow) {
		this.claims = new RedisClaims(scripts, keys, freshWindow, ledger.patterns());
		this.scripts = scripts;
		this.ledger = ledger;
		this.keys = keys;
		this.freshWindow = freshWindow;
	}

	void apply(Step step) {
		if (step instanceof Step.OfRun ofRun) {
			apply(ofRun);
		}
		else if (step instanceof Step.Use use) {
			FencedScripts.Call call = this.scripts.call().on(this.keys.pace()).with("use");
			use.usages().forEach((usage) -> call.with(usage.resource(), millis(usage.cost()), millis(usage.credit())));
			write(call);
		}
		else if (step instanceof Step.Limit limit) {
			write(this.scripts.call()
				.on(this.keys.batchLimit())
				.with("limit", limit.limit().items() + " " + limit.limit().wildcards(), LIMIT_KEPT.toMillis()));
		}
		else if (step instanceof Step.Refuse refuse) {
			FencedScripts.Call call = this.scripts.call().on(this.keys.refusal()).with("refuse");
			String message = refuse.message();
			write((message != null) ? call.with(message) : call);
		}
		else {
			throw new IllegalArgumentException("Unknown step: " + step);
		}
	}

	static double millis(Duration duration) {
		return duration.toNanos() / 1e6;
	}

	private void apply(Step.OfRun step) {
		String id = step.run().id();
		if (step instanceof Step.Start) {
			write(call(step).on(this.keys.waiting(), this.keys.unfinished()).with("start", id));
		}
		else if (step instanceof Step.Save) {
			this.ledger.recent().remember(step.run());
			write(call(step).with("save"));
		}
		else if (step instanceof Step.Claim claim) {
			this.claims.claim(id, claim.selection(), call(step));
		}
		else if (step instanceof Step.ClaimLate late) {
			this.claims.claimLate(id, late.paths());
		}
		else if (step instanceof Step.Plan plan) {
			plan(id, plan.items());
		}
		else if (step instanceof Step.Freeze freeze) {
			List<String> items = freeze.items();
			FencedScripts.Call call = call(step).on(this.keys.claims(), this.keys.claim(id), this.keys.untracked(id))
				.on(items(freeze.batch()));
			String reference = freeze.batch().callerReference();
			write(freeze.consecutive()
					? call.with("freeze_range", reference, items.size(), items.get(0), items.get(items.size() - 1))
					: call.with("freeze", reference).withAll(items));
		}
		else if (step instanceof Step.Split split) {
			write(batch(step, split.parent()).on(items(split.first()))
				.on(items(split.second()))
				.with("split", split.parent().callerReference(), split.first().callerReference(),
						split.second().callerReference(), split.first().items()));
		}
		else if (step instanceof Step.Rename rename) {
			write(batch(step, rename.batch()).on(items(rename.renamed()))
				.with("rename", rename.batch().callerReference(), rename.renamed().callerReference(),
						rename.possiblyBilledTwice()));
		}
		else if (step instanceof Step.Accept accept) {
			accept(accept);
		}
		else if (step instanceof Step.Reject reject) {
			write(batch(step, reject.batch()).with("reject", reject.batch().callerReference()));
		}
		else if (step instanceof Step.GiveBack giveBack) {
			write(batch(step, giveBack.batch()).with("give_back", giveBack.batch().callerReference()));
		}
		else if (step instanceof Step.Finish finish) {
			finish(finish);
		}
		else {
			throw new IllegalArgumentException("Unknown step: " + step);
		}
	}

	private void plan(String id, List<String> items) {
		int start = 0;
		do {
			int end = Math.min(start + RedisScripts.CHUNK, items.size());
			write(this.scripts.call(id, List.of())
				.on(this.keys.plan(id))
				.with("plan", start, (end == items.size()) ? 1 : 0)
				.withAll(items.subList(start, end)));
			start = end;
		}
		while (start < items.size());
	}

	private void accept(Step.Accept step) {
		Run run = step.run();
		Batch batch = step.batch();
		boolean late = CallerReference.isLate(batch.callerReference());
		if (late) {
			this.ledger.recent().remember(run);
		}
		else {
			this.ledger.recent().accepted(run);
		}
		write(batch(step, batch)
			.on(this.keys.accepted(), this.keys.acceptedCovering(run.id()),
					this.keys.billed(this.ledger.month().toString()))
			.with("accept", batch.callerReference(), late ? "" : run.id(), this.freshWindow.toMillis(), batch.items())
			.withAll(step.covering()));
		this.ledger.recent().checkSoon();
	}

	private void finish(Step.Finish step) {
		Run run = step.run();
		write(call(step)
			.on(this.keys.unfinished(), this.keys.unsettled(), this.keys.accepted(),
					this.keys.acceptedCovering(run.id()), this.keys.plan(run.id()), this.keys.runs())
			.with("finish", run.id(), step.isSettled() ? 1 : 0, mayBeFollowed(run) ? 1 : 0, keptUnlisted(run)));
		this.ledger.recent().remember(found(run));
		this.ledger.recent().checkSoon();
	}

	private Run found(Run run) {
		try {
			return this.ledger.find(run.id()).orElse(run);
		}
		catch (StoreUnavailableException ex) {
			// The step is written, so it must not seem to have failed
			return run;
		}
	}

	/**
	 * Return how long a run is kept that is not listed, in ms.
	 */
	private long keptUnlisted(Run run) {
		return RunLedger.isEmptyCommit(run) ? this.freshWindow.plus(RunLedger.FOUND_LONGER).toMillis() : 0;
	}

	private static boolean mayBeFollowed(Run run) {
		return run.state() != State.FAILED
				|| run.batches().stream().anyMatch((batch) -> batch.invalidationId() != null);
	}

	private FencedScripts.Call batch(Step.OfRun step, Batch batch) {
		return call(step).on(this.keys.claims()).on(items(batch));
	}

	private String[] items(Batch batch) {
		return new String[] { this.keys.claim(batch.callerReference()), this.keys.untracked(batch.callerReference()) };
	}

	void renew(Duration lease) {
		write(this.scripts.call().with("renew", lease.toMillis()));
	}

	void release() {
		write(this.scripts.call().with("release"));
	}

	void dropLate(List<String> paths) {
		write(this.scripts.call().on(this.keys.late()).with("drop_late").withAll(paths));
	}

	private void write(FencedScripts.Call call) {
		this.scripts.number(STEP, call);
	}

	/**
	 * Begin a call that writes a run as far as it has changed.
	 */
	private FencedScripts.Call call(Step.OfRun step) {
		Run run = step.run();
		List<String> fields = new ArrayList<>(RunCodec.fields(run));
		step.changed().forEach((batch) -> fields.addAll(RunCodec.fields(run, batch)));
		List<RejectedPath> rejected = run.rejected();
		for (int i = this.rejectedWritten.getOrDefault(run.id(), 0); i < rejected.size(); i++) {
			fields.addAll(RunCodec.fields(i, rejected.get(i)));
		}
		this.rejectedWritten.put(run.id(), rejected.size());
		return this.scripts.call(run.id(), fields);
	}

}
