package io.github.cftracker.run;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.cftracker.Run.Batch;
import io.github.cftracker.Run.BatchState;
import io.github.cftracker.Selection;

/**
 * The batches of one run, in order.
 */
final class Batches {

	private final Map<String, Batch> batches = new LinkedHashMap<>();

	Batches(Collection<Batch> batches) {
		batches.forEach(this::put);
	}

	static Batch frozen(String callerReference, List<String> items) {
		int wildcards = (int) items.stream().filter(Selection::isWildcard).count();
		return Batch.unsent(callerReference, items.size(), wildcards);
	}

	Batch put(Batch batch) {
		this.batches.put(batch.callerReference(), batch);
		return batch;
	}

	boolean isEmpty() {
		return this.batches.isEmpty();
	}

	List<Batch> all() {
		return List.copyOf(this.batches.values());
	}

	List<Batch> in(BatchState state) {
		return this.batches.values().stream().filter((batch) -> batch.state() == state).toList();
	}

	/**
	 * The batches that were not derived from others.
	 */
	List<Batch> originals(boolean late) {
		return this.batches.values()
			.stream()
			.filter((batch) -> !CallerReference.isDerived(batch.callerReference())
					&& CallerReference.isLate(batch.callerReference()) == late)
			.toList();
	}

	Batch current(Batch batch) {
		return this.batches.getOrDefault(batch.callerReference(), batch);
	}

	Batch attempt(Batch batch) {
		Batch current = current(batch);
		return put(current.withAttempts(current.attempts() + 1, current.unanswered() + 1));
	}

	Batch refused(Batch batch, String error) {
		Batch current = current(batch);
		return put(current.withAttempts(current.attempts(), Math.max(0, current.unanswered() - 1)).withError(error));
	}

	Batch error(Batch batch, String error) {
		return put(current(batch).withError(error));
	}

	Batch end(Batch batch, BatchState state) {
		Batch ended = current(batch).withState(state);
		return put((state == BatchState.COMPLETED) ? ended.withError(null) : ended);
	}

	Batch accepted(Batch batch, String invalidationId) {
		Batch current = current(batch);
		return put(current.withState(BatchState.IN_PROGRESS)
			.withInvalidationId(invalidationId)
			.withAttempts(current.attempts(), 0)
			.withError(null));
	}

	long acceptedItems() {
		return this.batches.values()
			.stream()
			.filter((batch) -> batch.invalidationId() != null)
			.mapToLong(Batch::items)
			.sum();
	}

	long acceptedWildcards() {
		return this.batches.values()
			.stream()
			.filter((batch) -> batch.invalidationId() != null)
			.mapToLong(Batch::wildcards)
			.sum();
	}

}
