package io.github.cftracker.memory;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

import io.github.cftracker.Run;
import io.github.cftracker.Run.Batch;
import io.github.cftracker.Run.BatchState;
import io.github.cftracker.Run.State;
import io.github.cftracker.Selection;
import io.github.cftracker.run.CallerReference;
import io.github.cftracker.run.FollowUp;
import io.github.cftracker.run.Lease;
import io.github.cftracker.run.LeaseLostException;
import io.github.cftracker.run.RunItems;
import io.github.cftracker.run.Step;
import io.github.cftracker.run.Step.Usage;
import org.jspecify.annotations.Nullable;

/**
 * {@link Lease} within one process.
 */
final class MemoryLease implements Lease {

	private final MemoryRunLedger ledger;

	private final MemoryRuns runs;

	private final Map<String, Use> uses;

	MemoryLease(MemoryRunLedger ledger, MemoryRuns runs, Map<String, Use> uses) {
		this.ledger = ledger;
		this.runs = runs;
		this.uses = uses;
	}

	private void check() {
		if (!this.ledger.isHeldBy(this)) {
			throw new LeaseLostException();
		}
	}

	@Override
	public void renew() {
		check();
		this.ledger.renewClaims();
	}

	@Override
	public void release() {
		if (!this.ledger.isHeldBy(this)) {
			return;
		}
		// No other node has access to these runs
		this.runs.unfinished().forEach(this::abandon);
		this.ledger.release(this);
	}

	private void abandon(Run run) {
		List<Batch> sending = run.batches().stream().filter((batch) -> batch.state() == BatchState.SENDING).toList();
		long unanswered = sending.stream().filter((batch) -> batch.unanswered() > 0).mapToLong(Batch::items).sum();
		List<Batch> batches = run.batches()
			.stream()
			.map((batch) -> sending.contains(batch) ? batch.withState(BatchState.FAILED) : batch)
			.toList();
		this.ledger.endItems(run.id());
		this.runs.finish(run.withState(State.FAILED)
			.withCounts(run.paths(), accepted(run), run.wildcards())
			.withBatches(batches)
			.withPossiblyBilledTwice(run.possiblyBilledTwice() + unanswered)
			.withError("The application stopped, paths that were not sent are still tracked"), true);
	}

	private static @Nullable Long accepted(Run run) {
		return (run.items() == null) ? null
				: run.batches()
					.stream()
					.filter((batch) -> batch.invalidationId() != null)
					.mapToLong(Batch::items)
					.sum();
	}

	@Override
	public List<Run> unfinished() {
		return this.runs.unfinished();
	}

	@Override
	public Next next() {
		check();
		return this.runs.next();
	}

	@Override
	public void apply(Step step) {
		check();
		if (step instanceof Step.OfRun ofRun) {
			apply(ofRun, ofRun.run().id());
		}
		else if (step instanceof Step.Use use) {
			use.usages().forEach(this::use);
		}
		else if (step instanceof Step.Limit limit) {
			this.ledger.limitBatches(limit.limit());
		}
		else if (step instanceof Step.Refuse refuse) {
			this.ledger.refusal(refuse.message());
		}
		else {
			throw new IllegalArgumentException("Unknown step: " + step);
		}
	}

	private void apply(Step.OfRun step, String id) {
		MemoryRunItems items = this.ledger.items(id);
		if (step instanceof Step.Start) {
			this.runs.start(step.run());
			return;
		}
		if (step instanceof Step.Finish finish) {
			if (finish.isSettled()) {
				this.ledger.endItems(id);
			}
			this.runs.finish(step.run(), finish.isSettled());
			return;
		}
		if (step instanceof Step.Claim claim) {
			this.runs.accepted(id);
			this.ledger.claim(id, claim.selection());
		}
		else if (step instanceof Step.ClaimLate late) {
			claimLate(late, items);
		}
		else if (step instanceof Step.Plan plan) {
			items.plan(plan.items());
		}
		else if (step instanceof Step.Freeze freeze) {
			items.freeze(freeze.batch(), freeze.items());
		}
		else if (step instanceof Step.Split split) {
			items.split(split);
		}
		else if (step instanceof Step.Rename rename) {
			items.rename(rename);
		}
		else if (step instanceof Step.Accept accept) {
			accept(accept, items);
		}
		else if (step instanceof Step.Reject reject) {
			items.forget(reject.batch());
		}
		else if (step instanceof Step.GiveBack giveBack) {
			items.giveBack(giveBack.batch());
		}
		else if (!(step instanceof Step.Save)) {
			throw new IllegalArgumentException("Unknown step: " + step);
		}
		this.runs.save(step.run());
	}

	private void claimLate(Step.ClaimLate step, MemoryRunItems items) {
		this.runs.start(step.run());
		if (!items.isClaimed()) {
			// For a wildcard, all paths that it covers
			this.ledger.claim(step.run().id(), new Selection(List.copyOf(step.paths())));
			this.runs.claimedLate(step.paths());
		}
	}

	private void accept(Step.Accept step, MemoryRunItems items) {
		Batch batch = step.batch();
		if (items.forget(batch)) {
			// The same step may be written twice
			this.runs.billed(batch.items());
		}
		items.accept(step.covering());
		if (!CallerReference.isLate(batch.callerReference())) {
			this.runs.accepted(step.run().id());
		}
	}

	@Override
	public boolean isSafe(Run run, Batch batch) {
		return true;
	}

	@Override
	public RunItems items(Run run) {
		return this.ledger.items(run.id());
	}

	@Override
	public List<FollowUp> followUps() {
		return this.runs.followUps();
	}

	@Override
	public Reading read(Collection<Usage> longest) {
		Instant now = this.runs.now();
		Duration untilFree = longest.stream()
			.map((usage) -> left(usage, now))
			.max(Duration::compareTo)
			.filter((wait) -> !wait.isNegative())
			.orElse(Duration.ZERO);
		return new Reading(now, untilFree, this.ledger.batchLimit());
	}

	private Duration left(Usage longest, Instant now) {
		Use use = this.uses.getOrDefault(longest.resource(), new Use(now, now));
		Duration left = Duration.between(now, use.until());
		if (left.compareTo(longest.cost()) > 0 || use.at().isAfter(now)) {
			// The clock was set back
			this.uses.remove(longest.resource());
			return Duration.ZERO;
		}
		return left;
	}

	private void use(Usage usage) {
		Instant now = this.runs.now();
		Instant idle = now.minus(usage.credit());
		Use before = this.uses.get(usage.resource());
		Instant from = (before == null || before.until().isBefore(idle)) ? idle : before.until();
		this.uses.put(usage.resource(), new Use(from.plus(usage.cost()), now));
	}

	/**
	 * Use of a resource.
	 *
	 * @param until when the use ends
	 * @param at when the use was written
	 */
	record Use(Instant until, Instant at) {
	}

}
