package io.github.cftracker.run;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import io.github.cftracker.Claim;
import io.github.cftracker.Run;
import io.github.cftracker.Run.Batch;
import io.github.cftracker.Run.RejectedPath;
import io.github.cftracker.Selection;
import io.github.cftracker.StoreUnavailableException;
import io.github.cftracker.run.RunState.Transition;

/**
 * Run that this node carries out. Each transition of its state that the ledger keeps is
 * written with the lease before it takes effect, and observers are notified then. Safe
 * for use by the thread that sends and the thread that polls for completion.
 */
final class RunJournal {

	private static final int CHUNK = 100;

	private final Map<String, Attempts> attempts = new ConcurrentHashMap<>();

	private final Set<String> shrunk = ConcurrentHashMap.newKeySet();

	private final Bisection bisection = new Bisection();

	private final Lease lease;

	private final RunContext context;

	private volatile RunState state;

	private volatile Instant deadline;

	private volatile boolean finished;

	private volatile boolean uncertain;

	private Instant resumedAt = Instant.MIN;

	RunJournal(Run run, Lease lease, RunContext context, Instant deadline) {
		this.state = RunState.of(run);
		this.lease = lease;
		this.context = context;
		this.deadline = deadline;
	}

	String id() {
		return run().id();
	}

	Run run() {
		return this.state.run();
	}

	RunState state() {
		return this.state;
	}

	/**
	 * Return when to give up, by the store's time.
	 */
	Instant deadline() {
		return this.deadline;
	}

	/**
	 * Reopen the run for late paths.
	 */
	synchronized void reopen(Instant deadline) {
		this.deadline = deadline;
		this.state = this.state.reopened();
		this.finished = false;
	}

	/**
	 * Return whether nothing is left to do.
	 */
	boolean isFinished() {
		return this.finished;
	}

	/**
	 * Return when this node has last resumed the run, by the store's time.
	 */
	Instant resumedAt() {
		return this.resumedAt;
	}

	void setResumedAt(Instant time) {
		this.resumedAt = time;
	}

	Bisection bisection() {
		return this.bisection;
	}

	/**
	 * Return the attempts of a batch on this node.
	 */
	Attempts attempts(Batch batch) {
		return this.attempts.computeIfAbsent(batch.callerReference(),
				(reference) -> new Attempts(this.context.settings()));
	}

	/**
	 * Forget the attempts of a batch that is settled or renamed.
	 */
	void forgetAttempts(Batch batch) {
		this.attempts.remove(batch.callerReference());
	}

	/**
	 * Mark a batch as a part of one that may have been too large.
	 */
	void shrunk(String callerReference) {
		this.shrunk.add(callerReference);
	}

	/**
	 * Remove the mark of a batch as a part of one that may have been too large.
	 * @return whether the batch was marked
	 */
	boolean takeShrunk(Batch batch) {
		return this.shrunk.remove(batch.callerReference());
	}

	/**
	 * Set whether polls for completion have failed for a while.
	 */
	void setUncertain(boolean uncertain) {
		this.uncertain = uncertain;
	}

	/**
	 * Return the batches that are certainly in progress, and so count against the quotas.
	 */
	List<Batch> certainlyInProgress() {
		return this.uncertain ? List.of() : this.state.inProgress();
	}

	private synchronized RunState write(Function<RunState, Transition> transition) {
		Transition next = transition.apply(this.state);
		Step step = next.step();
		if (step != null) {
			this.lease.apply(step);
		}
		this.state = next.state();
		return this.state;
	}

	void started() {
		this.context.observer().started(write(RunState::started).run());
	}

	/**
	 * Return the items of the run in the ledger.
	 */
	RunItems items() {
		return this.lease.items(run());
	}

	void claim(Selection selection) {
		this.lease.apply(new Step.Claim(run(), selection));
	}

	void claimLate(List<String> paths) {
		this.lease.apply(new Step.ClaimLate(run(), paths));
	}

	void claimed(long paths, long items) {
		write((state) -> state.claimed(paths, items, this.context.planner().distribution().findings()));
	}

	void followedUp(long paths) {
		claimed(paths, paths);
		this.context.observer().followedUp(run(), paths);
	}

	void plan(List<String> items) {
		write((state) -> state.planned(items));
	}

	/**
	 * Reject claimed paths, and remove them from the claim.
	 */
	void reject(List<RejectedPath> rejected, Claim claim, List<String> paths) {
		write((state) -> state.rejected(rejected));
		claim.forget(paths);
		this.context.observer().rejected(run(), rejected);
	}

	void freeze(Batch batch, List<String> items, boolean consecutive) {
		write((state) -> state.frozen(batch, items, consecutive));
	}

	void attempt(Batch batch) {
		write((state) -> state.attempted(batch));
	}

	boolean isSafe(Batch batch) {
		return this.lease.isSafe(run(), this.state.current(batch));
	}

	void retried(InvalidationException.Kind error) {
		this.context.observer().retried(run(), error);
	}

	void refused(Batch batch, String error) {
		write((state) -> state.refused(batch, error));
	}

	void unanswered(Batch batch, String error) {
		write((state) -> state.unanswered(batch, error));
	}

	void split(Batch batch, List<String> items) {
		write((state) -> state.split(batch, items));
		this.bisection.halved(batch);
		this.attempts.remove(batch.callerReference());
		this.shrunk.remove(batch.callerReference());
	}

	Batch rename(Batch batch, List<String> items) {
		long before = run().possiblyBilledTwice();
		RunState renamed = write((state) -> state.renamed(batch, items));
		this.attempts.put(CallerReference.another(batch.callerReference()), attempts(batch));
		forgetAttempts(batch);
		long billed = renamed.run().possiblyBilledTwice() - before;
		if (billed > 0) {
			this.context.observer().possiblyBilledTwice(renamed.run(), billed);
		}
		return renamed.current(RunState.unsent(CallerReference.another(batch.callerReference()), items));
	}

	void accepted(Batch batch, String invalidationId, List<String> items) {
		RunState accepted = write((state) -> state.accepted(batch, invalidationId, items));
		this.context.observer().accepted(accepted.run(), items);
	}

	void rejected(Batch batch, RejectedPath path) {
		RunState rejected = write((state) -> state.rejected(batch, path));
		this.context.observer().rejected(rejected.run(), List.of(path));
	}

	void kept(Batch batch) {
		write((state) -> state.kept(batch));
	}

	void lost(Batch batch, String error) {
		write((state) -> state.lost(batch, error));
	}

	void identified(Batch batch, String invalidationId) {
		write((state) -> state.identified(batch, invalidationId));
	}

	void completed(List<Batch> batches) {
		for (int start = 0; start < batches.size(); start += CHUNK) {
			List<Batch> chunk = batches.subList(start, Math.min(start + CHUNK, batches.size()));
			write((state) -> state.completed(chunk));
		}
	}

	void failed(String error) {
		write((state) -> state.failed(error));
	}

	/**
	 * Record that everything that could be sent was sent.
	 */
	synchronized void sent() {
		RunState before = this.state;
		boolean allAccepted = !before.isSent() && !before.hasFailed() && before.hasAccepted();
		write((state) -> state.sent(this.context.planner().distribution().findings()));
		ended(before, allAccepted);
	}

	/**
	 * Record that CloudFront has completed everything that it has accepted so far.
	 */
	synchronized void nothingInProgress() {
		if (!this.state.working()) {
			sent();
		}
	}

	/**
	 * Record that CloudFront does not complete accepted batches.
	 */
	synchronized void incomplete(String error) {
		this.state = this.state.incomplete(error);
		nothingInProgress();
	}

	/**
	 * Record that it is unknown whether CloudFront completes accepted batches.
	 */
	synchronized void unknown(String reason) {
		for (Batch batch : this.state.inProgress()) {
			write((state) -> state.unanswered(batch, reason));
		}
		this.state = this.state.unknown(reason);
		this.context.observer().unknown(run(), reason);
		nothingInProgress();
	}

	/**
	 * End the run, whose paths can be neither sent nor given back.
	 */
	synchronized void abandoned() {
		RunState before = this.state;
		write((state) -> state.abandoned(this.context.planner().distribution().findings()));
		// Also if CloudFront has not completed what it has accepted
		finished(before, false);
	}

	private void ended(RunState before, boolean allAccepted) {
		if (this.state.isFinal() && this.state.inProgress().isEmpty()) {
			finished(before, allAccepted);
		}
		else if (allAccepted) {
			this.context.observer().sent(run());
		}
	}

	private void finished(RunState before, boolean allAccepted) {
		this.finished = true;
		Run run = finishedRun();
		if (allAccepted) {
			this.context.observer().sent(run);
		}
		if (!before.isFinal()) {
			this.context.observer().finished(run);
		}
	}

	/**
	 * Return the run from the ledger, with the time and the additions of other nodes.
	 */
	private Run finishedRun() {
		try {
			return this.context.ledger().find(id()).orElse(run());
		}
		catch (StoreUnavailableException ex) {
			// Observers are notified only now
			return run().withFinishedAt(Instant.now());
		}
	}

}
