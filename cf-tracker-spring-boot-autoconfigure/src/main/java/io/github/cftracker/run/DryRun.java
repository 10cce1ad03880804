package io.github.cftracker.run;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.github.cftracker.InvalidationPath;
import io.github.cftracker.InvalidationPlan;
import io.github.cftracker.Run.RejectedPath;
import io.github.cftracker.Selection;
import io.github.cftracker.TrackedPath;
import io.github.cftracker.plan.Coverage;
import io.github.cftracker.text.LogText;

/**
 * Result of a run that is only planned.
 */
final class DryRun {

	private final List<String> shown;

	private final List<RejectedPath> rejected = new ArrayList<>();

	private final PlannedRun planned;

	private final Coverage coverage;

	private final Set<String> named;

	private long unselected;

	DryRun(PlannedRun planned) {
		this.planned = planned;
		this.coverage = Coverage.of(planned.named());
		this.named = new HashSet<>(planned.named());
		this.shown = new ArrayList<>(
				planned.named().subList(0, Math.min(InvalidationPlan.SHOWN, planned.named().size())));
	}

	/**
	 * Count a tracked path, and add it to the shown items if it would be sent.
	 * @param selected whether the path is selected
	 */
	void count(TrackedPath path, boolean selected) {
		boolean covered = this.coverage.covers(path);
		if (!selected) {
			this.unselected += covered ? 1 : 0;
		}
		else if (!covered && !this.named.contains(path.path())) {
			String problem = InvalidationPath.problemOf(path.path());
			if (problem != null) {
				show(this.rejected, new RejectedPath(LogText.clean(path.path()), problem));
			}
			else {
				show(this.shown, path.path());
			}
		}
	}

	private static <T> void show(Collection<T> shown, T value) {
		if (shown.size() < InvalidationPlan.SHOWN) {
			shown.add(value);
		}
	}

	InvalidationPlan plan(Selection selection, RunSettings settings, long billedThisMonth) {
		long wildcards = this.planned.named().stream().filter(Selection::isWildcard).count();
		return InvalidationPlan.ofNothing(selection)
			.withItems(this.shown, this.planned.items(), wildcards, this.planned.exactItems())
			.withPaths(this.planned.paths(), this.planned.covered(), this.unselected, this.rejected)
			.withLimits(settings.quotas().timeFor(this.planned.items() - wildcards, wildcards, settings.batchSize()),
					billedThisMonth, this.planned.excess());
	}

}
