package io.github.cftracker.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

import io.github.cftracker.CacheTag;
import io.github.cftracker.Finding;
import io.github.cftracker.Run;
import io.github.cftracker.Run.Batch;
import io.github.cftracker.Run.BatchState;
import io.github.cftracker.Run.RejectedPath;
import io.github.cftracker.Run.State;
import io.github.cftracker.Selection;
import io.github.cftracker.text.LogText;
import org.jspecify.annotations.Nullable;

/**
 * State of a run and its batches, immutable. Each transition returns the next state and
 * the {@link Step} that writes it, and changes nothing itself.
 *
 * @param run the run as the ledger has it
 * @param unsent number of planned items that are not accepted
 * @param working whether something is left to send, so that the run does not finish
 * @param incomplete why CloudFront does not complete accepted batches, {@code null} if it
 * does
 * @param unknown why the completion is unknown, {@code null} if it is known
 */
record RunState(Run run, long unsent, boolean working, @Nullable String incomplete, @Nullable String unknown) {

	private static final int MAX_REJECTED = 1000;

	/**
	 * Next state, and the step that leads to it.
	 *
	 * @param state the state after the step
	 * @param step the step, {@code null} if there is nothing to write
	 */
	record Transition(RunState state, Step.@Nullable OfRun step) {
	}

	/**
	 * Create the state of a run that was read from the ledger.
	 */
	static RunState of(Run run) {
		Long items = run.items();
		return new RunState(run, (items != null) ? items - acceptedItems(run.batches()) : 0, true, null, null);
	}

	static Batch unsent(String callerReference, List<String> items) {
		return Batch.unsent(callerReference, items.size(), (int) items.stream().filter(Selection::isWildcard).count());
	}

	/**
	 * Return whether everything was sent that could be.
	 */
	boolean isSent() {
		return this.run.state() == State.IN_PROGRESS || isFinal();
	}

	boolean isFinal() {
		return this.run.state().isFinal();
	}

	boolean isClaimed() {
		return this.run.paths() != null;
	}

	boolean hasFailed() {
		return this.run.error() != null;
	}

	boolean hasAccepted() {
		return acceptedItems(this.run.batches()) > 0;
	}

	List<Batch> in(BatchState state) {
		return this.run.batches().stream().filter((batch) -> batch.state() == state).toList();
	}

	/**
	 * Return the accepted batches that CloudFront has not reported as completed.
	 */
	List<Batch> inProgress() {
		return (this.incomplete == null && this.unknown == null) ? in(BatchState.IN_PROGRESS) : List.of();
	}

	/**
	 * Return the batches that were not derived from others.
	 */
	List<Batch> originals(boolean late) {
		return this.run.batches()
			.stream()
			.filter((batch) -> !CallerReference.isDerived(batch.callerReference())
					&& CallerReference.isLate(batch.callerReference()) == late)
			.toList();
	}

	/**
	 * Return a batch as it is now.
	 */
	Batch current(Batch batch) {
		return this.run.batches()
			.stream()
			.filter((known) -> known.callerReference().equals(batch.callerReference()))
			.findFirst()
			.orElse(batch);
	}

	/**
	 * Return whether a part of a halved batch is accepted.
	 */
	boolean isPartlyAccepted(String root) {
		return this.run.batches().stream().anyMatch((batch) -> batch.invalidationId() != null && isPart(batch, root));
	}

	/**
	 * Return how many parts of a halved batch are still being sent.
	 */
	long sendingOf(String root) {
		return in(BatchState.SENDING).stream().filter((batch) -> isPart(batch, root)).count();
	}

	/**
	 * Return whether no smaller part of the same batch is still being sent.
	 */
	boolean isSmallestPart(Batch batch) {
		String root = CallerReference.root(batch.callerReference());
		return in(BatchState.SENDING).stream()
			.noneMatch((other) -> isPart(other, root) && other.items() < batch.items());
	}

	private static boolean isPart(Batch batch, String root) {
		return root.equals(CallerReference.root(batch.callerReference()));
	}

	/**
	 * Reopen the run for late paths.
	 */
	RunState reopened() {
		return new RunState(this.run, this.unsent, true, this.incomplete, this.unknown);
	}

	Transition started() {
		RunState next = with(this.run.withState(State.SENDING));
		return new Transition(next, new Step.Start(next.run));
	}

	/**
	 * Record that paths were claimed and items planned for them.
	 */
	Transition claimed(long paths, long items, List<Finding> findings) {
		Long before = this.run.paths();
		Run claimed = this.run.withCounts(((before != null) ? before : 0) + paths, null, null)
			.withFindings(and(findings));
		return with(claimed, this.unsent + items).saved();
	}

	Transition planned(List<String> items) {
		return new Transition(this, new Step.Plan(this.run, items));
	}

	/**
	 * Record claimed paths that cannot be sent.
	 */
	Transition rejected(List<RejectedPath> paths) {
		return withRejected(paths).saved();
	}

	Transition frozen(Batch batch, List<String> items, boolean consecutive) {
		RunState next = with(batch);
		return new Transition(next, new Step.Freeze(next.run, batch, items, consecutive));
	}

	/**
	 * Record that a batch is about to be sent. Until CloudFront answers, it may have
	 * accepted the batch.
	 */
	Transition attempted(Batch batch) {
		return saved(batch, (current) -> current.withAttempts(current.attempts() + 1, current.unanswered() + 1));
	}

	/**
	 * Record that CloudFront has answered the last attempt and has not accepted the
	 * batch.
	 */
	Transition refused(Batch batch, String error) {
		return saved(batch, (current) -> current.withAttempts(current.attempts(), Math.max(0, current.unanswered() - 1))
			.withError(LogText.clean(error)));
	}

	/**
	 * Record that it is unknown whether CloudFront has accepted or completed the batch.
	 */
	Transition unanswered(Batch batch, String error) {
		return saved(batch, (current) -> current.withError(LogText.clean(error)));
	}

	Transition split(Batch batch, List<String> items) {
		int middle = items.size() / 2;
		Batch parent = current(batch).withState(BatchState.SPLIT);
		Batch first = unsent(CallerReference.half(batch.callerReference(), 0), items.subList(0, middle));
		Batch second = unsent(CallerReference.half(batch.callerReference(), 1), items.subList(middle, items.size()));
		RunState next = with(parent, first, second);
		return new Transition(next, new Step.Split(next.run, parent, first, second));
	}

	/**
	 * Give a batch another reference. CloudFront may have billed it under its first
	 * reference, which is counted once even if the batch is renamed repeatedly.
	 */
	Transition renamed(Batch batch, List<String> items) {
		int billed = (CallerReference.renames(batch.callerReference()) == 0) ? items.size() : 0;
		Batch old = current(batch).withState(BatchState.FAILED);
		Batch renamed = unsent(CallerReference.another(batch.callerReference()), items);
		RunState next = with(old, renamed);
		next = next.with(next.run.withPossiblyBilledTwice(next.run.possiblyBilledTwice() + billed));
		return new Transition(next, new Step.Rename(next.run, old, renamed, billed));
	}

	Transition accepted(Batch batch, String invalidationId, List<String> items) {
		Batch accepted = accepted(current(batch), invalidationId).withError(this.unknown);
		RunState changed = with(accepted);
		RunState next = changed.with(changed.run, Math.max(0, this.unsent - items.size()));
		return new Transition(next, new Step.Accept(next.run, accepted,
				items.stream().filter((item) -> CacheTag.isTag(item) || Selection.isWildcard(item)).toList()));
	}

	/**
	 * Set the id of an invalidation that was accepted without one.
	 */
	Transition identified(Batch batch, String invalidationId) {
		return saved(batch, (current) -> accepted(current, invalidationId));
	}

	/**
	 * Reject a batch of one item that CloudFront will never accept.
	 */
	Transition rejected(Batch batch, RejectedPath path) {
		Batch rejected = current(batch).withState(BatchState.FAILED);
		RunState next = withRejected(List.of(path)).with(rejected);
		return new Transition(next, new Step.Reject(next.run, rejected));
	}

	/**
	 * Give up a batch that CloudFront has certainly not accepted, and keep its items
	 * tracked.
	 */
	Transition kept(Batch batch) {
		Batch failed = current(batch).withState(BatchState.FAILED);
		RunState next = with(failed);
		return new Transition(next, new Step.GiveBack(next.run, failed));
	}

	/**
	 * Give up a frozen batch whose items the ledger has lost.
	 */
	Transition lost(Batch batch, String error) {
		Batch lost = current(batch).withState(BatchState.FAILED).withError(LogText.clean(error));
		RunState next = withError(error).with(lost);
		return new Transition(next, new Step.Reject(next.run, lost));
	}

	Transition completed(List<Batch> batches) {
		Batch[] completed = batches.stream()
			.map((batch) -> current(batch).withState(BatchState.COMPLETED).withError(null))
			.toArray(Batch[]::new);
		return with(completed).saved(completed);
	}

	/**
	 * Record that something is not sent. The state of a finished run does not change,
	 * because batches of late paths have their own errors.
	 */
	Transition failed(String error) {
		return (hasFailed() || isFinal()) ? new Transition(this, null) : withError(error).saved();
	}

	RunState incomplete(String error) {
		return new RunState(this.run, this.unsent, this.working, error, this.unknown);
	}

	RunState unknown(String reason) {
		return new RunState(this.run, this.unsent, this.working, this.incomplete, LogText.clean(reason));
	}

	/**
	 * Record that everything that could be sent was sent.
	 */
	Transition sent(List<Finding> findings) {
		RunState sent = new RunState(this.run, this.unsent, false, this.incomplete, this.unknown).with(this.run, 0);
		RunState next = (this.incomplete != null) ? sent.withError(this.incomplete) : sent;
		if (next.inProgress().isEmpty()) {
			return next.finished(findings);
		}
		return next.isFinal() ? new Transition(next, null) : next.with(next.run.withState(State.IN_PROGRESS)).saved();
	}

	/**
	 * End the run, whose paths can be neither sent nor given back.
	 */
	Transition abandoned(List<Finding> findings) {
		return new RunState(this.run, this.unsent, false, this.incomplete, this.unknown).finished(findings);
	}

	private Transition finished(List<Finding> findings) {
		RunState ended = with(this.run, 0);
		if (acceptedItems(this.run.batches()) == 0 && !this.run.rejected().isEmpty()) {
			ended = ended.withError("None of the paths could be sent, see 'rejected'");
		}
		RunState next = ended.with(ended.run.withState(ended.outcome()).withFindings(ended.and(findings)));
		return new Transition(next, new Step.Finish(next.run));
	}

	private State outcome() {
		if (hasFailed()) {
			return State.FAILED;
		}
		if (this.run.batches().isEmpty()) {
			return State.EMPTY;
		}
		return (this.unknown != null) ? State.ACCEPTED : State.COMPLETED;
	}

	private static Batch accepted(Batch batch, String invalidationId) {
		return batch.withInvalidationId(invalidationId)
			.withState(BatchState.IN_PROGRESS)
			.withAttempts(batch.attempts(), 0)
			.withError(null);
	}

	private Transition saved(Batch... changed) {
		return new Transition(this, new Step.Save(this.run, List.of(changed)));
	}

	private Transition saved(Batch batch, UnaryOperator<Batch> change) {
		Batch changed = change.apply(current(batch));
		return with(changed).saved(changed);
	}

	/**
	 * Return the findings together with earlier ones of the run, which may have left an
	 * object in the cache.
	 */
	private List<Finding> and(List<Finding> findings) {
		Map<List<String>, Finding> all = new LinkedHashMap<>();
		this.run.findings().forEach((finding) -> all.put(List.of(finding.id(), finding.problem()), finding));
		findings.forEach((finding) -> all.putIfAbsent(List.of(finding.id(), finding.problem()), finding));
		return List.copyOf(all.values());
	}

	private RunState withError(String error) {
		// The first error is the cause of later ones
		return (hasFailed() || isFinal()) ? this : with(this.run.withError(LogText.clean(error)));
	}

	private RunState withRejected(List<RejectedPath> paths) {
		Map<String, RejectedPath> all = new LinkedHashMap<>();
		this.run.rejected().forEach((path) -> all.put(path.path(), path));
		for (RejectedPath path : paths) {
			if (all.size() < MAX_REJECTED) {
				all.put(path.path(), path);
			}
		}
		return with(this.run.withRejected(List.copyOf(all.values())), Math.max(0, this.unsent - paths.size()));
	}

	private RunState with(Batch... changed) {
		List<Batch> batches = new ArrayList<>(this.run.batches());
		for (Batch batch : changed) {
			int index = index(batches, batch);
			if (index >= 0) {
				batches.set(index, batch);
			}
			else {
				batches.add(batch);
			}
		}
		return with(this.run.withBatches(List.copyOf(batches)));
	}

	/**
	 * Return where a batch is. Most changes are to one of the last.
	 */
	private static int index(List<Batch> batches, Batch batch) {
		int index = batches.size() - 1;
		while (index >= 0 && !batches.get(index).callerReference().equals(batch.callerReference())) {
			index--;
		}
		return index;
	}

	private RunState with(Run run) {
		return with(run, this.unsent);
	}

	private RunState with(Run run, long unsent) {
		Run counted = run;
		if (run.paths() != null) {
			List<Batch> accepted = run.batches().stream().filter((batch) -> batch.invalidationId() != null).toList();
			counted = run.withCounts(run.paths(), acceptedItems(run.batches()) + unsent,
					accepted.stream().mapToLong(Batch::wildcards).sum());
		}
		return new RunState(counted, unsent, this.working, this.incomplete, this.unknown);
	}

	private static long acceptedItems(List<Batch> batches) {
		return batches.stream().filter((batch) -> batch.invalidationId() != null).mapToLong(Batch::items).sum();
	}

}
