package io.github.cftracker.run;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.function.Predicate;

import io.github.cftracker.CacheTag;
import io.github.cftracker.InvalidationPath;
import io.github.cftracker.InvalidationPlan;
import io.github.cftracker.Pricing;
import io.github.cftracker.Selection;
import io.github.cftracker.TrackedPath;
import io.github.cftracker.UrlStore;
import io.github.cftracker.distribution.WildcardSafety;
import io.github.cftracker.plan.Coverage;
import io.github.cftracker.plan.PathSource;
import io.github.cftracker.plan.Plan;
import io.github.cftracker.plan.Planner;

/**
 * Planner of runs and dry runs.
 */
public final class RunPlanner {

	private static final WildcardSafety NO_WILDCARDS = new WildcardSafety(List.of("/"), null);

	private final UrlStore store;

	private final Selections selections;

	private final CurrentDistribution distribution;

	private final RunLedger ledger;

	private final RunSettings settings;

	/**
	 * Create a planner.
	 * @param store the store of the tracked paths
	 * @param selections the meaning of selections
	 * @param distribution the distribution
	 * @param ledger knows how many items were sent this month
	 * @param settings sizes, times and goals
	 */
	public RunPlanner(UrlStore store, Selections selections, CurrentDistribution distribution, RunLedger ledger,
			RunSettings settings) {
		this.store = store;
		this.selections = selections;
		this.distribution = distribution;
		this.ledger = ledger;
		this.settings = settings;
	}

	/**
	 * Return what selections mean.
	 * @return the meaning
	 */
	public Selections selections() {
		return this.selections;
	}

	/**
	 * Return the distribution.
	 */
	CurrentDistribution distribution() {
		return this.distribution;
	}

	/**
	 * Return whether the settings request folding.
	 */
	boolean folds() {
		return this.settings.plan().maxPaths() > 0;
	}

	/**
	 * Return the price of items.
	 * @return the price
	 */
	public Pricing pricing() {
		return this.settings.plan().pricing();
	}

	/**
	 * Plan a run. If it sends its claimed paths as they are, none is read: for a million
	 * paths, the first batch is sent after 1 second instead of 8. If one of them is a
	 * wildcard, all are read once, to count those that it covers.
	 * @param selection selection of the run
	 * @param claimed the claimed paths
	 * @param size number of claimed paths
	 */
	PlannedRun plan(Selection selection, RunItems claimed, long size) {
		boolean named = !selection.paths().isEmpty() || (!selection.tags().isEmpty() && this.distribution.knowsTags());
		List<String> wildcards = named ? List.of() : claimed.wildcards();
		return withinBudget((maxPaths) -> (named || (maxPaths > 0 && size > maxPaths))
				? plan(selection, claimed::forEach, maxPaths) : unfolded(claimed, size, wildcards));
	}

	private static PlannedRun unfolded(RunItems claimed, long size, List<String> wildcards) {
		if (wildcards.isEmpty()) {
			return PlannedRun.unfolded(List.of(), size, size);
		}
		Plan plan = Planner.unfolded(wildcards, (action) -> claimed.forEach((path) -> {
			if (InvalidationPath.problemOf(path.path()) == null) {
				action.accept(path.path());
			}
		}));
		return PlannedRun.unfolded(plan.wildcards(), size, plan.items());
	}

	private PlannedRun withinBudget(IntFunction<PlannedRun> plan) {
		long billed = (this.settings.plan().budget().itemsPerMonth() > 0) ? this.ledger.status().billedThisMonth() : 0;
		PlannedRun planned = plan.apply(this.settings.plan().maxPaths());
		String excess = this.settings.plan().budget().excess(planned.items(), billed, this.settings.plan().pricing());
		if (excess == null) {
			return planned;
		}
		return switch (this.settings.plan().budget().onExcess()) {
			case WARN -> planned.exceeding(excess + ". The run is sent anyway", false);
			case REJECT -> planned.exceeding(excess, true);
			case FOLD -> {
				int left = (int) Math.min(Integer.MAX_VALUE, this.settings.plan().budget().left(billed));
				PlannedRun folded = plan.apply(left);
				String stillTooMuch = this.settings.plan()
					.budget()
					.excess(folded.items(), billed, this.settings.plan().pricing());
				yield folded.exceeding((stillTooMuch != null)
						? stillTooMuch + ". The run is sent with as many wildcards as are safe" : null, false);
			}
		};
	}

	private PlannedRun plan(Selection selection, Consumer<Consumer<TrackedPath>> claimed, int maxPaths) {
		List<String> tags = this.distribution.knowsTags() ? selection.tags().stream().map(CacheTag::item).toList()
				: List.of();
		Coverage tagged = Coverage.of(tags);
		Set<String> named = new HashSet<>(selection.paths());
		PathSource source = (action) -> {
			selection.paths().forEach(action);
			claimed.accept((path) -> {
				if (!named.contains(path.path()) && InvalidationPath.problemOf(path.path()) == null
						&& !tagged.covers(path)) {
					action.accept(path.path());
				}
			});
		};
		int target = (maxPaths == 0) ? 0 : Math.max(1, maxPaths - tags.size());
		Plan plan = new Planner(safety(target), target, this.settings.maxWildcards()).plan(source, others(selection));
		PlanCounts counts = new PlanCounts(plan, selection, tagged);
		claimed.accept(counts);
		List<String> items = new ArrayList<>(tags);
		selection.exactPaths().stream().filter((path) -> !plan.covers(path)).forEach(items::add);
		items.addAll(plan.wildcards());
		return new PlannedRun(items, counts.paths(), tags.size() + plan.items(), counts.everyPath(!tags.isEmpty()),
				counts.covered(), null, false);
	}

	private WildcardSafety safety(int maxPaths) {
		return (maxPaths > 0) ? this.distribution.safety() : NO_WILDCARDS;
	}

	private PathSource others(Selection selection) {
		if (selection.isEverything()) {
			return (action) -> {
			};
		}
		Predicate<TrackedPath> selector = this.selections.selector(selection);
		return (action) -> this.store.forEach((path) -> {
			if (!selector.test(path)) {
				action.accept(path.path());
			}
		});
	}

	/**
	 * Plan a run without sending it.
	 * @param selection selection of the run
	 * @return the plan
	 */
	InvalidationPlan dryRun(Selection selection) {
		Predicate<TrackedPath> selector = this.selections.selector(selection);
		PlannedRun planned = withinBudget((maxPaths) -> plan(selection, (action) -> this.store.forEach((path) -> {
			if (selector.test(path)) {
				action.accept(path);
			}
		}), maxPaths));
		DryRun dryRun = new DryRun(planned);
		this.store.forEach((path) -> dryRun.count(path, selector.test(path)));
		return dryRun.plan(selection, this.settings, this.ledger.status().billedThisMonth());
	}

}
