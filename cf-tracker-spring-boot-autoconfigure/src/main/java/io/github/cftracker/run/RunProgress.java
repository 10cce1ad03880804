package io.github.cftracker.run;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;

import io.github.cftracker.Run;
import io.github.cftracker.Run.Batch;
import io.github.cftracker.Run.BatchState;
import io.github.cftracker.Run.RejectedPath;
import io.github.cftracker.Run.State;
import io.github.cftracker.Selection;
import org.jspecify.annotations.Nullable;

/**
 * One run while it goes on: every change is written to the ledger at once.
 */
final class RunProgress {

	private static final int MAX_REJECTED = 1000;

	private final Map<String, Batch> batches = new LinkedHashMap<>();

	private final List<RejectedPath> rejected = new ArrayList<>();

	private final CompletableFuture<Run> completion = new CompletableFuture<>();

	private final String id;

	private final Selection selection;

	private final RunLedger ledger;

	private final Clock clock;

	private final Instant requestedAt;

	private State state = State.QUEUED;

	private @Nullable Instant finishedAt;

	private @Nullable Long paths;

	private long plannedItems;

	private long acceptedItems;

	private long wildcards;

	private long possiblyBilledTwice;

	private @Nullable String error;

	RunProgress(String id, Selection selection, RunLedger ledger, Clock clock) {
		this.id = id;
		this.selection = selection;
		this.ledger = ledger;
		this.clock = clock;
		this.requestedAt = clock.instant();
		save();
	}

	String id() {
		return this.id;
	}

	Selection selection() {
		return this.selection;
	}

	Instant requestedAt() {
		return this.requestedAt;
	}

	CompletableFuture<Run> completion() {
		return this.completion.copy();
	}

	synchronized void claimed(long paths, long plannedItems) {
		this.state = State.SENDING;
		this.paths = paths;
		this.plannedItems = plannedItems;
		save();
	}

	synchronized void rejected(List<RejectedPath> paths) {
		this.plannedItems -= paths.size();
		paths.stream().limit(MAX_REJECTED - this.rejected.size()).forEach(this.rejected::add);
		save();
	}

	synchronized void freeze(String callerReference, List<String> items) {
		update(new Batch(callerReference, null, BatchState.SENDING, items.size(), 0, null));
	}

	synchronized void attempt(String callerReference) {
		Batch batch = batch(callerReference);
		update(new Batch(callerReference, null, BatchState.SENDING, batch.items(), batch.attempts() + 1,
				batch.error()));
	}

	synchronized int attempts(String callerReference) {
		return batch(callerReference).attempts();
	}

	synchronized void error(String callerReference, String error) {
		end(callerReference, BatchState.SENDING, error);
	}

	synchronized void split(String callerReference) {
		end(callerReference, BatchState.SPLIT, batch(callerReference).error());
	}

	synchronized void rejected(String callerReference, List<RejectedPath> paths) {
		end(callerReference, BatchState.FAILED, batch(callerReference).error());
		rejected(paths);
	}

	synchronized void possiblyBilledTwice(String callerReference, int items) {
		this.possiblyBilledTwice += items;
		end(callerReference, BatchState.FAILED, batch(callerReference).error());
	}

	private void end(String callerReference, BatchState state, @Nullable String error) {
		Batch batch = batch(callerReference);
		update(new Batch(callerReference, null, state, batch.items(), batch.attempts(), error));
	}

	synchronized void accepted(String callerReference, String invalidationId, List<String> items) {
		Batch batch = batch(callerReference);
		this.acceptedItems += items.size();
		this.wildcards += items.stream().filter(Selection::isWildcard).count();
		update(new Batch(callerReference, invalidationId, BatchState.IN_PROGRESS, batch.items(), batch.attempts(),
				null));
	}

	synchronized void completed(Batch batch) {
		update(new Batch(batch.callerReference(), batch.invalidationId(), BatchState.COMPLETED, batch.items(),
				batch.attempts(), null));
	}

	synchronized void failed(String callerReference, String error) {
		end(callerReference, BatchState.FAILED, error);
		failed(error);
	}

	synchronized void failed(String error) {
		this.error = error;
		save();
	}

	/**
	 * Everything that could be sent was sent.
	 */
	synchronized void sent() {
		this.plannedItems = 0;
		if (inProgress().isEmpty()) {
			finish();
		}
		else {
			this.state = State.IN_PROGRESS;
			save();
		}
	}

	synchronized void finish() {
		if (this.state.isFinal()) {
			return;
		}
		this.plannedItems = 0;
		if (this.error == null && this.acceptedItems == 0 && !this.rejected.isEmpty()) {
			this.error = "None of the paths can be sent, see 'rejected'";
		}
		if (this.error != null) {
			this.state = State.FAILED;
		}
		else {
			this.state = this.batches.isEmpty() ? State.EMPTY : State.COMPLETED;
		}
		this.finishedAt = this.clock.instant();
		Run run = save();
		// On another thread: what an application does then must not hold up other runs
		this.completion.completeAsync(() -> run);
	}

	void abandon() {
		this.completion.completeExceptionally(
				new CancellationException("The application stopped before the end of run '%s'".formatted(this.id)));
	}

	synchronized List<Batch> inProgress() {
		return this.batches.values().stream().filter((batch) -> batch.state() == BatchState.IN_PROGRESS).toList();
	}

	synchronized boolean isFinished() {
		return this.state.isFinal();
	}

	private Batch batch(String callerReference) {
		Batch batch = this.batches.get(callerReference);
		if (batch == null) {
			throw new IllegalStateException("No batch '%s'".formatted(callerReference));
		}
		return batch;
	}

	private void update(Batch batch) {
		this.batches.put(batch.callerReference(), batch);
		save();
	}

	private Run save() {
		Run run = snapshot();
		this.ledger.save(run);
		return run;
	}

	synchronized Run snapshot() {
		boolean claimed = this.paths != null;
		return new Run(this.id, this.state, this.requestedAt, this.finishedAt, this.selection, this.paths,
				claimed ? Math.max(this.acceptedItems, this.plannedItems) : null, claimed ? this.wildcards : null,
				List.copyOf(this.batches.values()), this.rejected, this.possiblyBilledTwice, this.error);
	}

}
