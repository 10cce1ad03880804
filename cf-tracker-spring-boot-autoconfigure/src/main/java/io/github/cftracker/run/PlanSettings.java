package io.github.cftracker.run;

import io.github.cftracker.Pricing;

/**
 * Goals of plans.
 *
 * @param maxPaths number of items to aim at by folding, 0 to send every path by itself
 * @param budget how many items may be sent in a month
 * @param pricing what items cost
 */
public record PlanSettings(int maxPaths, Budget budget, Pricing pricing) {

	/**
	 * Every path by itself, without a budget.
	 */
	public static final PlanSettings EXACT = new PlanSettings(0, Budget.NONE, Pricing.PAY_AS_YOU_GO);

}
