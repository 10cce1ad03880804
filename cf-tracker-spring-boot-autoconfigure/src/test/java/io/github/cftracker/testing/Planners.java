package io.github.cftracker.testing;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import io.github.cftracker.Pricing;
import io.github.cftracker.UrlStore;
import io.github.cftracker.run.Budget;
import io.github.cftracker.run.Mappings;
import io.github.cftracker.run.PlanSettings;
import io.github.cftracker.run.Quotas;
import io.github.cftracker.run.RunPlanner;
import io.github.cftracker.run.SelectionHints;
import io.github.cftracker.web.SpringPathPatterns;

/**
 * Makes planners.
 */
public final class Planners {

	/**
	 * Hints of an application without mappings.
	 */
	public static final SelectionHints NO_HINTS = new SelectionHints(() -> new Mappings(Set.of(), "", ""));

	private Planners() {
	}

	/**
	 * A planner that sends every path by itself.
	 * @param store what is tracked
	 * @return the planner
	 */
	public static RunPlanner exact(UrlStore store) {
		return with(store, 0, Budget.NONE, 0);
	}

	/**
	 * A planner that folds.
	 * @param store what is tracked
	 * @param maxPaths how many items to aim at
	 * @param budget what may be spent
	 * @param billed what was spent
	 * @return the planner
	 */
	public static RunPlanner with(UrlStore store, int maxPaths, Budget budget, long billed) {
		return new RunPlanner(store, new SpringPathPatterns(), new UnknownDistribution(List.of()), () -> billed,
				new PlanSettings(maxPaths, 1000, new Quotas(150, 1, 3000, 15, 10), Duration.ofHours(6), budget,
						Pricing.PAY_AS_YOU_GO),
				NO_HINTS);
	}

}
