package io.github.cftracker.run;

import java.util.List;
import java.util.Optional;

import io.github.cftracker.Run;

/**
 * Listed runs of a ledger.
 *
 * @param summaries the runs that can be read, newest first
 * @param unreadable the ids of runs that exist but could not be read by this node
 */
public record RunList(List<RunSummary> summaries, List<String> unreadable) {

	/**
	 * Return the runs that can be read.
	 * @return the runs, newest first, with only the beginning of their selections
	 */
	public List<Run> runs() {
		return this.summaries.stream().map(RunSummary::run).toList();
	}

	/**
	 * Return the run that was requested last.
	 * @return the run, empty if there is no run
	 */
	public Optional<Run> newest() {
		return runs().stream().findFirst();
	}

	/**
	 * Return the runs that are not finished.
	 * @return the runs, newest first
	 */
	public List<Run> unfinished() {
		return runs().stream().filter((run) -> !run.state().isFinal()).toList();
	}

	/**
	 * Return what health shows.
	 * @return the newest and the oldest unfinished run
	 */
	RunsInBrief brief() {
		List<Run> unfinished = unfinished();
		return new RunsInBrief(newest().orElse(null),
				unfinished.isEmpty() ? null : unfinished.get(unfinished.size() - 1), unfinished.size(),
				this.unreadable);
	}

}
