package io.github.cftracker.memory;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import org.jspecify.annotations.Nullable;

/**
 * A {@link Lease} within one process.
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
		check();
		// Nobody else will ever carry them on
		this.runs.unfinished().forEach(this::abandon);
		this.ledger.release(this);
	}

	private void abandon(Run run) {
		List<Batch> batches = run.batches().stream().map(MemoryLease::abandoned).toList();
		long unanswered = run.batches()
			.stream()
			.filter((batch) -> batch.state() == BatchState.SENDING && batch.unanswered() > 0)
			.mapToLong(Batch::items)
			.sum();
		this.claims.end(run.id());
		this.runs.finish(run.withState(State.FAILED)
			.withCounts(run.paths(), accepted(run), run.wildcards())
			.withBatches(batches)
			.withPossiblyBilledTwice(run.possiblyBilledTwice() + unanswered)
			.withError("The application stopped, paths that were not sent are still tracked"), true);
	}

	private static Batch abandoned(Batch batch) {
		return (batch.state() != BatchState.SENDING) ? batch
				: batch.withState(BatchState.FAILED).withInvalidationId(null);
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
	public List<Run> reopen() {
		check();
		return this.runs.reopen();
	}

	@Override
	public Optional<Run> nextWaiting() {
		check();
		return this.runs.next();
	}

	@Override
	public boolean isGathering() {
		return this.runs.isGathering();
	}

	@Override
	public void start(Run run) {
		check();
		this.runs.start(run);
	}

	@Override
	public Claim claim(Run run) {
		check();
		if (run.paths() != null) {
			// What was tracked since then is not part of it
			return this.claims.open(run.id());
		}
		this.runs.accepted(run.id());
		return this.claims.claim(run.id(), run.selection());
	}

	@Override
	public void save(Run run, Batch... changed) {
		check();
		this.runs.save(run);
	}

	@Override
	public List<String> freeze(Run run, Batch batch, List<String> items) {
		check();
		this.claims.freeze(run.id(), batch.callerReference(), items);
		this.runs.save(run);
		return items(run, batch);
	}

	@Override
	public List<String> items(Run run, Batch batch) {
		return this.claims.frozen(run.id(), batch.callerReference());
	}

	@Override
	public void split(Run run, Batch parent, Batch first, Batch second) {
		check();
		List<String> items = this.claims.unfreeze(run.id(), parent.callerReference());
		this.claims.freeze(run.id(), first.callerReference(), items.subList(0, first.items()));
		this.claims.freeze(run.id(), second.callerReference(), items.subList(first.items(), items.size()));
		this.runs.save(run);
	}

	@Override
	public void rename(Run run, Batch batch, Batch renamed, int possiblyBilledTwice) {
		check();
		this.claims.freeze(run.id(), renamed.callerReference(),
				this.claims.unfreeze(run.id(), batch.callerReference()));
		this.runs.save(run);
	}

	@Override
	public void accept(Run run, Batch batch, List<String> covering) {
		check();
		this.claims.forget(run.id(), items(run, batch));
		this.claims.unfreeze(run.id(), batch.callerReference());
		this.claims.acceptedCovering(run.id()).addAll(covering);
		this.runs.billed(batch.items());
		if (!CallerReference.isLate(batch.callerReference())) {
			this.runs.accepted(run.id());
		}
		this.runs.save(run);
	}

	@Override
	public void reject(Run run, Batch batch) {
		check();
		this.claims.forget(run.id(), items(run, batch));
		this.claims.unfreeze(run.id(), batch.callerReference());
		this.runs.save(run);
	}

	@Override
	public void giveBack(Run run, Batch batch) {
		check();
		this.claims.giveBack(run.id(), items(run, batch));
		this.claims.unfreeze(run.id(), batch.callerReference());
		this.runs.save(run);
	}

	@Override
	public Set<String> acceptedCovering(Run run) {
		return Set.copyOf(this.claims.acceptedCovering(run.id()));
	}

	@Override
	public @Nullable List<String> planned(Run run) {
		return this.claims.planned(run.id());
	}

	@Override
	public void plan(Run run, List<String> items) {
		check();
		this.claims.plan(run.id(), items);
	}

	@Override
	public Run finish(Run run) {
		check();
		boolean settled = run.batches().stream().noneMatch((batch) -> batch.state() == BatchState.SENDING);
		if (settled) {
			this.claims.end(run.id());
		}
		return this.runs.finish(run, settled);
	}

	@Override
	public List<FollowUp> followUps() {
		return this.runs.followUps();
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
	public Instant now() {
		return this.runs.now();
	}

	@Override
	public BatchLimit batchLimit() {
		return this.ledger.batchLimit();
	}

	@Override
	public void limitBatches(BatchLimit limit) {
		check();
		this.ledger.limitBatches(limit);
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

	@Override
	public void use(Collection<Usage> usages) {
		check();
		Instant now = this.runs.now();
		for (Usage usage : usages) {
			Instant idle = now.minus(usage.credit());
			Use before = this.uses.get(usage.resource());
			Instant from = (before == null || before.until().isBefore(idle)) ? idle : before.until();
			this.uses.put(usage.resource(), new Use(from.plus(usage.cost()), now));
		}
	}

	@Override
	public void refusal(@Nullable String refusal) {
		check();
		this.ledger.refusal(refusal);
	}

	/**
	 * The use of a resource.
	 *
	 * @param until when it ends
	 * @param at when that was written
	 */
	record Use(Instant until, Instant at) {
	}

}
