package io.github.cftracker.memory;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.cftracker.Claim;
import io.github.cftracker.Run;
import io.github.cftracker.Run.Batch;
import io.github.cftracker.Run.BatchState;
import io.github.cftracker.Run.State;
import io.github.cftracker.run.BatchLimit;
import io.github.cftracker.run.CallerReference;
import io.github.cftracker.run.FollowUp;
import io.github.cftracker.run.Lease;
import io.github.cftracker.run.LeaseLostException;
import io.github.cftracker.run.Step;
import io.github.cftracker.run.Step.Usage;
import org.jspecify.annotations.Nullable;

/**
 * {@link Lease} within one process.
 */
final class MemoryLease implements Lease {

	private final MemoryRunLedger ledger;

	private final MemoryRuns runs;

	private final MemoryClaims claims;

	private final Map<String, Use> uses;

	MemoryLease(MemoryRunLedger ledger, MemoryRuns runs, MemoryClaims claims, Map<String, Use> uses) {
		this.ledger = ledger;
		this.runs = runs;
		this.claims = claims;
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
		this.claims.renew();
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
		this.claims.end(run.id());
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
	}

	private void apply(Step.OfRun step, String id) {
		if (step instanceof Step.Start) {
			this.runs.start(step.run());
			return;
		}
		if (step instanceof Step.Finish finish) {
			if (finish.isSettled()) {
				this.claims.end(id);
			}
			this.runs.finish(step.run(), finish.isSettled());
			return;
		}
		if (step instanceof Step.Plan plan) {
			this.claims.plan(id, plan.items());
		}
		else if (step instanceof Step.Freeze freeze) {
			this.claims.freeze(id, freeze.batch().callerReference(), freeze.items());
		}
		else if (step instanceof Step.Split split) {
			List<String> items = this.claims.unfreeze(id, split.parent().callerReference());
			int middle = split.first().items();
			this.claims.freeze(id, split.first().callerReference(), items.subList(0, middle));
			this.claims.freeze(id, split.second().callerReference(), items.subList(middle, items.size()));
		}
		else if (step instanceof Step.Rename rename) {
			this.claims.freeze(id, rename.renamed().callerReference(),
					this.claims.unfreeze(id, rename.batch().callerReference()));
		}
		else if (step instanceof Step.Accept accept) {
			accept(id, accept);
		}
		else if (step instanceof Step.Reject reject) {
			this.claims.forget(id, reject.batch().callerReference());
		}
		else if (step instanceof Step.GiveBack giveBack) {
			this.claims.giveBack(id, giveBack.batch().callerReference());
		}
		this.runs.save(step.run());
	}

	private void accept(String id, Step.Accept step) {
		Batch batch = step.batch();
		if (this.claims.forget(id, batch.callerReference())) {
			// The same step may be written twice
			this.runs.billed(batch.items());
		}
		this.claims.acceptedCovering(id).addAll(step.covering());
		if (!CallerReference.isLate(batch.callerReference())) {
			this.runs.accepted(id);
		}
	}

	@Override
	public boolean isSafe(Run run, Batch batch) {
		return true;
	}

	@Override
	public Claim claim(Run run) {
		check();
		if (run.paths() != null) {
			// Paths that were tracked after the claim are not part of it
			return this.claims.open(run.id());
		}
		this.runs.accepted(run.id());
		return this.claims.claim(run.id(), run.selection());
	}

	@Override
	public Claim claimLate(Run run, Collection<String> paths) {
		check();
		this.runs.start(run);
		if (paths.isEmpty() || this.claims.has(run.id())) {
			return this.claims.open(run.id());
		}
		Claim claim = this.claims.claimLate(run.id(), paths);
		this.runs.claimedLate(paths);
		return claim;
	}

	@Override
	public String claimName(Run run, boolean late) {
		return "";
	}

	@Override
	public List<String> items(Run run, Batch batch) {
		return this.claims.frozen(run.id(), batch.callerReference());
	}

	@Override
	public @Nullable List<String> planned(Run run) {
		return this.claims.planned(run.id());
	}

	@Override
	public Set<String> acceptedCovering(Run run) {
		return Set.copyOf(this.claims.acceptedCovering(run.id()));
	}

	@Override
	public List<FollowUp> followUps() {
		return this.runs.followUps();
	}

	@Override
	public Instant now() {
		return this.runs.now();
	}

	@Override
	public BatchLimit batchLimit() {
		return this.ledger.batchLimit();
	}

	@Override
	public Duration untilFree(Collection<Usage> longest) {
		Instant now = this.runs.now();
		return longest.stream()
			.map((usage) -> left(usage, now))
			.max(Duration::compareTo)
			.filter((wait) -> !wait.isNegative())
			.orElse(Duration.ZERO);
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
