package io.github.cftracker.run;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Plan of a run: the named items, and the tracked paths that they do not cover.
 *
 * @param named items that are sent first: tags, named paths and wildcards, in order
 * @param paths number of selected tracked paths
 * @param items number of items to send
 * @param exactItems number of items if every path were sent separately, including those
 * that a named wildcard or a tag covers
 * @param covered number of tracked paths that each tag and wildcard covers
 * @param excess how the run exceeds the budget, {@code null} if it does not
 * @param isRejected whether the run must not be sent because of the budget
 */
record PlannedRun(List<String> named, long paths, long items, long exactItems, Map<String, Long> covered,
		@Nullable String excess, boolean isRejected) {

	/**
	 * Create the plan of a run that chooses no wildcards.
	 * @param wildcards selected wildcards that no other one covers
	 * @param paths number of selected tracked paths
	 * @param items number of items to send
	 */
	static PlannedRun unfolded(List<String> wildcards, long paths, long items) {
		return new PlannedRun(wildcards, paths, items, items, Map.of(), null, false);
	}

	PlannedRun exceeding(@Nullable String excess, boolean isRejected) {
		return new PlannedRun(this.named, this.paths, this.items, this.exactItems, this.covered, excess, isRejected);
	}

}
