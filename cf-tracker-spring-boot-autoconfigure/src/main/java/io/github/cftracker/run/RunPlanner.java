package io.github.cftracker.run;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

import io.github.cftracker.CacheTag;
import io.github.cftracker.InvalidRequestException;
import io.github.cftracker.InvalidationPath;
import io.github.cftracker.InvalidationPlan;
import io.github.cftracker.PathPatterns;
import io.github.cftracker.Run.RejectedPath;
import io.github.cftracker.Selection;
import io.github.cftracker.TrackedPath;
import io.github.cftracker.UrlStore;
import io.github.cftracker.distribution.WildcardSafety;
import io.github.cftracker.plan.Coverage;
import io.github.cftracker.plan.PathSource;
import io.github.cftracker.plan.Plan;
import io.github.cftracker.plan.Planner;

/**
 * Plans what runs send, and what they would send.
 */
public final class RunPlanner {

	private static final WildcardSafety NO_WILDCARDS = new WildcardSafety(List.of("/"), null);

	private final UrlStore store;

	private final PathPatterns patterns;

	private final Supplier<WildcardSafety> safety;

	private final BooleanSupplier nativeTags;

	private final LongSupplier billedThisMonth;

	private final PlanSettings settings;

	/**
	 * Create a planner.
	 * @param store knows what else is tracked
	 * @param patterns understands the patterns of a selection
	 * @param safety which wildcards may be chosen
	 * @param nativeTags whether CloudFront knows the tags of responses
	 * @param billedThisMonth how many items were sent this month
	 * @param settings what is aimed at
	 */
	public RunPlanner(UrlStore store, PathPatterns patterns, Supplier<WildcardSafety> safety,
			BooleanSupplier nativeTags, LongSupplier billedThisMonth, PlanSettings settings) {
		this.store = store;
		this.patterns = patterns;
		this.safety = safety;
		this.nativeTags = nativeTags;
		this.billedThisMonth = billedThisMonth;
		this.settings = settings;
	}

	/**
	 * Looks whether a selection can be carried out.
	 * @param selection the selection
	 * @throws InvalidRequestException if a pattern is malformed, or the store does not
	 * keep what is asked for
	 */
	void check(Selection selection) {
		selection.selector(this.patterns);
		if (!this.store.keepsRoutesAndTags()) {
			String problem = "'%s' cannot be selected: the store '%s' keeps neither routes nor tags";
			if (!selection.routes().isEmpty()) {
				throw new InvalidRequestException("routes",
						problem.formatted(String.join(" ", selection.routes()), this.store.name()));
			}
			if (!selection.tags().isEmpty() && !this.nativeTags.getAsBoolean()) {
				throw new InvalidRequestException("tags",
						problem.formatted(String.join(" ", selection.tags()), this.store.name()));
			}
		}
	}

	/**
	 * Plans a run.
	 * @param selection what it covers
	 * @param claimed reads the tracked paths that are selected, as often as it is called
	 */
	PlannedRun plan(Selection selection, Consumer<Consumer<TrackedPath>> claimed) {
		long billed = (this.settings.budget().itemsPerMonth() > 0) ? this.billedThisMonth.getAsLong() : 0;
		PlannedRun planned = plan(selection, claimed, this.settings.maxPaths());
		String excess = this.settings.budget().excess(planned.items(), billed);
		if (excess == null) {
			return planned;
		}
		return switch (this.settings.budget().onExcess()) {
			case WARN -> planned.exceeding(excess, false);
			case REJECT -> planned.exceeding(excess, true);
			case FOLD -> {
				int left = (int) Math.min(Integer.MAX_VALUE, this.settings.budget().left(billed));
				PlannedRun folded = plan(selection, claimed, left);
				yield folded.exceeding(this.settings.budget().excess(folded.items(), billed), false);
			}
		};
	}

	private PlannedRun plan(Selection selection, Consumer<Consumer<TrackedPath>> claimed, int maxPaths) {
		List<String> tags = this.nativeTags.getAsBoolean() ? selection.tags().stream().map(CacheTag::item).toList()
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
		Counts counts = new Counts(plan, selection.tags(), tagged);
		claimed.accept(counts);
		List<String> items = new ArrayList<>(tags);
		selection.exactPaths().stream().filter((path) -> !plan.covers(path)).forEach(items::add);
		items.addAll(plan.wildcards());
		return new PlannedRun(items, counts.paths, tags.size() + plan.items(), tags.size() + plan.exactItems(),
				counts.covered(), null, false);
	}

	private WildcardSafety safety(int maxPaths) {
		return (maxPaths > 0) ? this.safety.get() : NO_WILDCARDS;
	}

	private PathSource others(Selection selection) {
		if (selection.isEverything()) {
			return (action) -> {
			};
		}
		Predicate<TrackedPath> selector = selection.selector(this.patterns);
		return (action) -> this.store.forEach((path) -> {
			if (!selector.test(path)) {
				action.accept(path.path());
			}
		});
	}

	/**
	 * Plans without sending.
	 * @param selection what to cover
	 * @return what would be sent
	 */
	InvalidationPlan dryRun(Selection selection) {
		Predicate<TrackedPath> selector = selection.selector(this.patterns);
		Consumer<Consumer<TrackedPath>> selected = (action) -> this.store.forEach((path) -> {
			if (selector.test(path)) {
				action.accept(path);
			}
		});
		PlannedRun planned = plan(selection, selected);
		List<String> shown = new ArrayList<>(
				planned.named().subList(0, Math.min(InvalidationPlan.SHOWN, planned.named().size())));
		List<RejectedPath> rejected = new ArrayList<>();
		Coverage coverage = Coverage.of(planned.named());
		Set<String> named = new HashSet<>(planned.named());
		long[] unselected = new long[1];
		this.store.forEach((path) -> {
			if (!selector.test(path)) {
				unselected[0] += coverage.covers(path) ? 1 : 0;
				return;
			}
			if (coverage.covers(path) || named.contains(path.path())) {
				return;
			}
			String problem = InvalidationPath.problemOf(path.path());
			if (problem != null) {
				addTo(rejected, new RejectedPath(path.path(), problem));
			}
			else {
				addTo(shown, path.path());
			}
		});
		long wildcards = planned.named().stream().filter(Selection::isWildcard).count();
		return new InvalidationPlan(selection, planned.paths(), planned.items(), wildcards, shown, planned.covered(),
				unselected[0], rejected, planned.exactItems(),
				this.settings.quotas().timeFor(planned.items() - wildcards, wildcards, this.settings.batchSize()),
				this.billedThisMonth.getAsLong(), planned.excess());
	}

	private static <T> void addTo(Collection<T> shown, T value) {
		if (shown.size() < InvalidationPlan.SHOWN) {
			shown.add(value);
		}
	}

	/**
	 * Counts what the items cover.
	 */
	private static final class Counts implements Consumer<TrackedPath> {

		private final Map<String, Long> covered = new TreeMap<>();

		private final Plan plan;

		private final Coverage tagged;

		private final List<String> tags;

		private long paths;

		Counts(Plan plan, List<String> tags, Coverage tagged) {
			this.plan = plan;
			this.tags = tags;
			this.tagged = tagged;
		}

		@Override
		public void accept(TrackedPath path) {
			this.paths++;
			if (this.tagged.covers(path)) {
				for (String tag : this.tags) {
					if (path.tags().contains(tag)) {
						this.covered.merge(CacheTag.item(tag), 1L, Long::sum);
					}
				}
			}
		}

		Map<String, Long> covered() {
			Map<String, Long> covered = new LinkedHashMap<>(this.covered);
			this.plan.wildcards().forEach((wildcard) -> covered.put(wildcard, this.plan.covered(wildcard)));
			return covered;
		}

	}

}
