package io.github.cftracker.testing;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Set;

import io.github.cftracker.Pricing;
import io.github.cftracker.UrlStore;
import io.github.cftracker.run.Backoff;
import io.github.cftracker.run.Budget;
import io.github.cftracker.run.Mappings;
import io.github.cftracker.run.LedgerStatus;
import io.github.cftracker.run.PlanSettings;
import io.github.cftracker.run.Quotas;
import io.github.cftracker.run.RunLedger;
import io.github.cftracker.run.RunPlanner;
import io.github.cftracker.run.RunSettings;
import io.github.cftracker.run.SelectionHints;
import io.github.cftracker.run.Selections;
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
		Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1));
		UnknownDistribution distribution = new UnknownDistribution(List.of());
		return new RunPlanner(store, new Selections(store, new SpringPathPatterns(), distribution, NO_HINTS),
				distribution, ledger(billed),
				new RunSettings(1000, Duration.ZERO, Duration.ofSeconds(30), Duration.ofHours(6), backoff, backoff,
						new Quotas(150, 1, 3000, 15, 10), Duration.ofMillis(500),
						new PlanSettings(maxPaths, budget, Pricing.PAY_AS_YOU_GO)));
	}

	/**
	 * Return a ledger that knows only what was billed.
	 */
	private static RunLedger ledger(long billed) {
		return (RunLedger) Proxy.newProxyInstance(Planners.class.getClassLoader(), new Class<?>[] { RunLedger.class },
				(proxy, method, args) -> {
					if (method.getName().equals("status")) {
						return new LedgerStatus(false, billed, null);
					}
					throw new UnsupportedOperationException(method.getName());
				});
	}

}
