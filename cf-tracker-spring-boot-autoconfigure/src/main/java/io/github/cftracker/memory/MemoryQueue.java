package io.github.cftracker.memory;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.github.cftracker.Run;
import io.github.cftracker.Selection;
import io.github.cftracker.Trigger;
import io.github.cftracker.run.RunLedger;
import org.jspecify.annotations.Nullable;

/**
 * Rules of the queue: which run a request joins or is merged into, and which run is
 * carried out next. Guarded by {@link MemoryRuns}.
 */
final class MemoryQueue {

	/**
	 * Waiting runs into which nothing is merged.
	 */
	private final Set<String> closed = new HashSet<>();

	private @Nullable Trigger last;

	private boolean gathering;

	/**
	 * Find the run that covers a request.
	 * @param waiting runs that wait, the oldest first
	 */
	Optional<Run> covering(List<Run> waiting, Selection selection, Trigger trigger) {
		return waiting.stream()
			// A commit that joins another kind of run would lose its precedence
			.filter((run) -> trigger != Trigger.COMMIT || run.trigger() == Trigger.COMMIT)
			.filter((run) -> isComparable(run.selection(), selection) && run.selection().covers(selection))
			.findFirst();
	}

	private static boolean isComparable(Selection one, Selection other) {
		return one.size() <= RunLedger.MAX_MERGED && other.size() <= RunLedger.MAX_MERGED;
	}

	/**
	 * Return whether the union of two selections covers both. The union with everything
	 * covers only tracked paths, and so loses untracked paths that the other selection
	 * names.
	 */
	private static boolean keepsBoth(Selection one, Selection other) {
		return one.isEverything() ? other.isOfTracked() : !other.isEverything() || one.isOfTracked();
	}

	/**
	 * Find a run for commits into which another commit can be merged.
	 * @param waiting runs that wait, the oldest first
	 * @return the run with the union of both selections
	 */
	Optional<Run> merged(List<Run> waiting, Selection selection) {
		return waiting.stream()
			.filter((run) -> run.trigger() == Trigger.COMMIT && !this.closed.contains(run.id())
					&& isComparable(run.selection(), selection) && keepsBoth(run.selection(), selection))
			.map((run) -> run.withSelection(run.selection().and(selection)))
			.filter((run) -> run.selection().size() <= RunLedger.MAX_MERGED)
			.findFirst();
	}

	/**
	 * Find the run to carry out next, into which nothing is merged from now on.
	 * @param waiting runs that wait, the oldest first
	 */
	Optional<Run> next(List<Run> waiting, Instant now) {
		Optional<Run> urgent = waiting.stream().filter((run) -> isUrgent(run) && !gathers(run, now)).findFirst();
		Optional<Run> other = waiting.stream().filter((run) -> !isUrgent(run)).findFirst();
		this.gathering = waiting.stream().anyMatch((run) -> isUrgent(run) && gathers(run, now));
		boolean precededLong = this.last == Trigger.COMMIT
				&& other.filter((run) -> isOver(run, RunLedger.MAX_PRECEDED, now)).isPresent();
		Optional<Run> next = (urgent.isPresent() && !precededLong) ? urgent : other;
		next.ifPresent((run) -> this.closed.add(run.id()));
		return next;
	}

	private static boolean isUrgent(Run run) {
		return run.trigger() == Trigger.COMMIT;
	}

	private static boolean gathers(Run run, Instant now) {
		// A time in the future is from before the clock was set back
		return !run.requestedAt().isAfter(now) && !isOver(run, RunLedger.GATHERING, now);
	}

	private static boolean isOver(Run run, Duration wait, Instant now) {
		return !run.requestedAt().plus(wait).isAfter(now);
	}

	boolean isGathering() {
		return this.gathering;
	}

	void started(Run run) {
		this.closed.remove(run.id());
		this.last = run.trigger();
	}

}
