package io.github.cftracker.run;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.github.cftracker.Run.Batch;
import org.jspecify.annotations.Nullable;

/**
 * Runs that the lease holder carries out.
 */
class HeldRuns {

	private final Map<String, RunJournal> runs = new ConcurrentHashMap<>();

	void add(RunJournal run) {
		this.runs.put(run.id(), run);
	}

	@Nullable RunJournal find(String id) {
		return this.runs.get(id);
	}

	Collection<RunJournal> all() {
		return this.runs.values();
	}

	/**
	 * Remove the runs that have finished.
	 */
	void removeFinished() {
		this.runs.values().removeIf(RunJournal::isFinished);
	}

	boolean isEmpty() {
		return this.runs.isEmpty();
	}

	/**
	 * Return the batches that count against the quotas.
	 */
	Collection<Batch> inProgress() {
		return this.runs.values().stream().flatMap((run) -> run.certainlyInProgress().stream()).toList();
	}

	/**
	 * Return how many runs wait for a batch to be accepted.
	 */
	long waiting() {
		return this.runs.values().stream().map(RunJournal::state).filter(HeldRuns::isWaiting).count();
	}

	private static boolean isWaiting(RunState run) {
		return run.working() && !run.isFinal();
	}

	/**
	 * Return the runs that have something to send.
	 */
	List<RunJournal> working() {
		return this.runs.values().stream().filter((run) -> run.state().working()).toList();
	}

}
