package io.github.cftracker.run;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import io.github.cftracker.CacheTag;
import io.github.cftracker.Claim;
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
 * One run while this node carries it on. Every change is written with the lease before
 * anything follows from it.
 */
final class RunProgress {

	private static final int MAX_REJECTED = 1000;

	private final Map<String, RejectedPath> rejected = new LinkedHashMap<>();

	private final Batches batches;

	private final Run loaded;

	private final Lease lease;

	private final Consumer<Run> finished;

	private final CurrentDistribution distribution;

	private final Map<List<String>, Finding> findings = new LinkedHashMap<>();

	private final RunObserver observer;

	private final Bisection bisection = new Bisection();

	private volatile Instant deadline;

	private Instant resumedAt = Instant.MIN;

	private State state;

	private boolean worked = true;

	private @Nullable Long paths;

	private long unsent;

	private long possiblyBilledTwice;

	private @Nullable String error;

	private Map<String, List<String>> frozen = Map.of();

	private @Nullable String unseen;

	private @Nullable String unknown;

	private volatile boolean uncertain;

	RunProgress(Run run, Lease lease, Instant deadline, RunObserver observer, CurrentDistribution distribution,
			Consumer<Run> finished) {
		this.distribution = distribution;
		run.findings().forEach(this::found);
		this.deadline = deadline;
		this.loaded = run;
		this.lease = lease;
		this.observer = observer;
		this.finished = finished;
		this.batches = new Batches(run.batches());
		run.rejected().forEach((path) -> this.rejected.put(path.path(), path));
		this.state = run.state();
		this.paths = run.paths();
		this.unsent = (run.items() != null) ? run.items() - this.batches.acceptedItems() : 0;
		this.possiblyBilledTwice = run.possiblyBilledTwice();
		this.error = run.error();
	}

	String id() {
		return this.loaded.id();
	}

	Selection selection() {
		return this.loaded.selection();
	}

	Instant requestedAt() {
		return this.loaded.requestedAt();
	}

	/**
	 * Return when to give up, by the store's time.
	 */
	Instant deadline() {
		return this.deadline;
	}

	/**
	 * Begin again with late paths.
	 */
	void work(Instant deadline) {
		this.deadline = deadline;
		work();
	}

	/**
	 * Return when this node has last resumed the run, by the store's time.
	 */
	Instant resumedAt() {
		return this.resumedAt;
	}

	void resumed(Instant time) {
		this.resumedAt = time;
	}

	Bisection bisection() {
		return this.bisection;
	}

	/**
	 * Return whether a part of a batch that was halved is accepted.
	 */
	synchronized boolean isPartlyAccepted(String root) {
		return this.batches.all().stream().anyMatch((batch) -> batch.invalidationId() != null && isPart(batch, root));
	}

	/**
	 * Return how many parts of a batch that was halved are still being sent.
	 */
	synchronized long sendingOf(String root) {
		return this.batches.in(BatchState.SENDING).stream().filter((batch) -> isPart(batch, root)).count();
	}

	/**
	 * Return whether no smaller part of the same batch is still being sent.
	 */
	synchronized boolean isSmallestPart(Batch batch) {
		String root = CallerReference.root(batch.callerReference());
		return this.batches.in(BatchState.SENDING)
			.stream()
			.noneMatch((other) -> isPart(other, root) && other.items() < batch.items());
	}

	private static boolean isPart(Batch batch, String root) {
		return root.equals(CallerReference.root(batch.callerReference()));
	}

	synchronized Batch current(Batch batch) {
		return this.batches.current(batch);
	}

	/**
	 * The batches that were not derived from others.
	 */
	synchronized List<Batch> originals(boolean late) {
		return this.batches.originals(late);
	}

	synchronized boolean isFinal() {
		return this.state.isFinal();
	}

	/**
	 * Whether everything was sent that could be.
	 */
	synchronized boolean isSent() {
		return this.state == State.IN_PROGRESS || this.state.isFinal();
	}

	private synchronized void work() {
		this.worked = true;
	}

	/**
	 * Return whether something is to be sent. Until everything is {@link #sent}, the run
	 * does not finish.
	 */
	synchronized boolean isWorkedOn() {
		return this.worked;
	}

	synchronized boolean isClaimed() {
		return this.paths != null;
	}

	synchronized boolean hasFailed() {
		return this.error != null;
	}

	synchronized List<Batch> in(BatchState state) {
		return this.batches.in(state);
	}

	synchronized void started() {
		this.state = State.SENDING;
		this.lease.start(snapshot());
		this.observer.started(snapshot());
	}

	void retried(InvalidationException.Kind error) {
		this.observer.retried(snapshot(), error);
	}

	void followedUp(long paths) {
		this.observer.followedUp(snapshot(), paths);
	}

	Claim claim(Selection claimed) {
		return this.lease.claim(snapshot(claimed));
	}

	Claim claimLate(List<String> paths) {
		return this.lease.claimLate(snapshot(), paths);
	}

	String claimName(boolean late) {
		return this.lease.claimName(snapshot(), late);
	}

	synchronized void claimed(long paths, long items) {
		this.paths = ((this.paths != null) ? this.paths : 0) + paths;
		this.unsent += items;
		this.distribution.findings().forEach(this::found);
		save();
	}

	synchronized void rejected(List<RejectedPath> paths) {
		addRejected(paths);
		save();
	}

	/**
	 * Tells of paths that are {@link #rejected}, and forgotten.
	 */
	void tellRejected(List<RejectedPath> paths) {
		this.observer.rejected(snapshot(), paths);
	}

	private void addRejected(List<RejectedPath> paths) {
		this.unsent = Math.max(0, this.unsent - paths.size());
		for (RejectedPath path : paths) {
			if (this.rejected.size() < MAX_REJECTED) {
				this.rejected.put(path.path(), path);
			}
		}
	}

	synchronized void freeze(Batch batch, List<String> items) {
		this.batches.put(batch);
		this.frozen = Map.of(batch.callerReference(), this.lease.freeze(snapshot(), batch, items));
	}

	/**
	 * Return the items of a frozen batch in their order. Those of the last one are kept,
	 * because it is sent next.
	 */
	synchronized List<String> items(Batch batch) {
		List<String> items = this.frozen.get(batch.callerReference());
		return (items != null) ? items : this.lease.items(snapshot(), batch);
	}

	synchronized void attempt(Batch batch) {
		save(this.batches.attempt(batch));
	}

	boolean isSafe(Batch batch) {
		return this.lease.isSafe(snapshot(), current(batch));
	}

	/**
	 * CloudFront has answered the last attempt, and not accepted the batch.
	 */
	synchronized void refused(Batch batch, String error) {
		save(this.batches.refused(batch, LogText.clean(error)));
	}

	/**
	 * Whether CloudFront has accepted the batch is not known.
	 */
	synchronized void unanswered(Batch batch, String error) {
		save(this.batches.error(batch, LogText.clean(error)));
	}

	synchronized List<Batch> split(Batch batch, List<String> items) {
		Batch parent = this.batches.end(batch, BatchState.SPLIT);
		int middle = items.size() / 2;
		Batch first = this.batches
			.put(Batches.frozen(CallerReference.half(batch.callerReference(), 0), items.subList(0, middle)));
		Batch second = this.batches
			.put(Batches.frozen(CallerReference.half(batch.callerReference(), 1), items.subList(middle, items.size())));
		this.lease.split(snapshot(), parent, first, second);
		return List.of(first, second);
	}

	/**
	 * Give a batch another reference. CloudFront may have billed it under its first one,
	 * which is counted once however often the batch is renamed.
	 */
	synchronized Batch rename(Batch batch, List<String> items) {
		boolean first = CallerReference.renames(batch.callerReference()) == 0;
		int billed = first ? items.size() : 0;
		this.possiblyBilledTwice += billed;
		Batch old = this.batches.end(batch, BatchState.FAILED);
		Batch renamed = this.batches.put(Batches.frozen(CallerReference.another(batch.callerReference()), items));
		this.lease.rename(snapshot(), old, renamed, billed);
		if (first) {
			this.observer.possiblyBilledTwice(snapshot(), billed);
		}
		return renamed;
	}

	synchronized void accepted(Batch batch, String invalidationId, List<String> items) {
		Batch accepted = this.batches.accepted(batch, invalidationId);
		this.unsent = Math.max(0, this.unsent - items.size());
		this.lease.accept(snapshot(), accepted,
				items.stream().filter((item) -> CacheTag.isTag(item) || Selection.isWildcard(item)).toList());
		if (this.unknown != null) {
			save(this.batches.error(batch, this.unknown));
		}
		this.observer.accepted(snapshot(), items);
	}

	synchronized void rejected(Batch batch, RejectedPath path) {
		addRejected(List.of(path));
		Batch rejected = this.batches.end(batch, BatchState.FAILED);
		this.lease.reject(snapshot(), rejected);
		this.observer.rejected(snapshot(), List.of(path));
	}

	/**
	 * CloudFront has certainly not accepted the batch, and it is not sent again.
	 */
	synchronized void kept(Batch batch) {
		Batch failed = this.batches.end(batch, BatchState.FAILED);
		this.lease.giveBack(snapshot(), failed);
	}

	/**
	 * The store has lost the items of a frozen batch.
	 */
	synchronized void lost(Batch batch, String error) {
		failed(error);
		Batch lost = this.batches.end(this.batches.error(batch, error), BatchState.FAILED);
		this.lease.reject(snapshot(), lost);
	}

	/**
	 * Add the id of an invalidation that was accepted without one.
	 */
	synchronized void identified(Batch batch, String invalidationId) {
		save(this.batches.accepted(batch, invalidationId));
	}

	synchronized void completed(Batch batch) {
		try {
			save(this.batches.end(batch, BatchState.COMPLETED));
		}
		catch (RuntimeException ex) {
			// It is not written, so it is not true
			this.batches.put(batch);
			throw ex;
		}
	}

	/**
	 * Says why something is not sent. A run that has finished stays as it is: the batches
	 * that followed it say what is wrong with them.
	 */
	synchronized void failed(String error) {
		// The first error is the cause, others follow from it
		if (this.error == null && !this.state.isFinal()) {
			this.error = LogText.clean(error);
			save();
		}
	}

	/**
	 * The wildcards and tags that were accepted.
	 */
	Set<String> acceptedCovering() {
		return this.lease.acceptedCovering(snapshot());
	}

	void plan(List<String> items) {
		this.lease.plan(snapshot(), items);
	}

	/**
	 * What is sent beside the claimed paths.
	 */
	List<String> planned() {
		List<String> planned = this.lease.planned(snapshot());
		return (planned != null) ? planned : List.of();
	}

	/**
	 * The batches that CloudFront works on, as far as it says so.
	 */
	synchronized List<Batch> inProgress() {
		return (this.unseen == null && this.unknown == null) ? this.batches.in(BatchState.IN_PROGRESS) : List.of();
	}

	/**
	 * Set whether CloudFront has not answered for a while whether batches are completed.
	 */
	void uncertain(boolean uncertain) {
		this.uncertain = uncertain;
	}

	/**
	 * Return the batches that are certainly in progress, and so count against the quotas.
	 */
	List<Batch> certainlyInProgress() {
		return this.uncertain ? List.of() : inProgress();
	}

	/**
	 * Everything that could be sent was sent.
	 */
	synchronized void sent() {
		this.worked = false;
		this.unsent = 0;
		boolean allAccepted = !isSent() && !hasFailed() && this.batches.acceptedItems() > 0;
		if (this.unseen != null) {
			failed(this.unseen);
		}
		if (inProgress().isEmpty()) {
			finish(allAccepted);
		}
		else if (!this.state.isFinal()) {
			this.state = State.IN_PROGRESS;
			save();
			if (allAccepted) {
				this.observer.sent(snapshot());
			}
		}
	}

	/**
	 * CloudFront has completed everything that it has accepted so far.
	 */
	synchronized void nothingInProgress() {
		if (!this.worked) {
			sent();
		}
	}

	/**
	 * CloudFront does not complete what it has accepted.
	 */
	synchronized void incomplete(String error) {
		this.unseen = error;
		nothingInProgress();
	}

	/**
	 * Whether CloudFront completes what it has accepted cannot be known.
	 */
	synchronized void unknown(String reason) {
		String error = LogText.clean(reason);
		for (Batch batch : inProgress()) {
			save(this.batches.error(batch, error));
		}
		this.unknown = error;
		this.observer.unknown(snapshot(), reason);
		nothingInProgress();
	}

	/**
	 * Neither sending nor giving back works.
	 */
	synchronized void abandoned() {
		this.worked = false;
		finish(false);
	}

	private void finish(boolean allAccepted) {
		State before = this.state;
		this.unsent = 0;
		if (!this.state.isFinal() && this.batches.acceptedItems() == 0 && !this.rejected.isEmpty()) {
			failed("None of the paths could be sent, see 'rejected'");
		}
		if (this.error != null) {
			this.state = State.FAILED;
		}
		else {
			this.state = this.batches.isEmpty() ? State.EMPTY
					: (this.unknown != null) ? State.ACCEPTED : State.COMPLETED;
		}
		this.distribution.findings().forEach(this::found);
		Run run = this.lease.finish(snapshot());
		this.finished.accept(run);
		if (allAccepted) {
			this.observer.sent(run);
		}
		if (!before.isFinal()) {
			this.observer.finished(run);
		}
	}

	/**
	 * What was found once may have kept an object from being found.
	 */
	private void found(Finding finding) {
		this.findings.putIfAbsent(List.of(finding.id(), finding.problem()), finding);
	}

	private void save(Batch... changed) {
		this.lease.save(snapshot(), changed);
	}

	Run snapshot() {
		return snapshot(selection());
	}

	private synchronized Run snapshot(Selection selection) {
		boolean claimed = this.paths != null;
		return this.loaded.withState(this.state)
			.withSelection(selection)
			.withCounts(this.paths, claimed ? this.batches.acceptedItems() + this.unsent : null,
					claimed ? this.batches.acceptedWildcards() : null)
			.withBatches(this.batches.all())
			.withRejected(List.copyOf(this.rejected.values()))
			.withPossiblyBilledTwice(this.possiblyBilledTwice)
			.withError(this.error)
			.withFindings(List.copyOf(this.findings.values()));
	}

}
