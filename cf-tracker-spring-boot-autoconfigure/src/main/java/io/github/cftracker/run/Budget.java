package io.github.cftracker.run;

import io.github.cftracker.Pricing;
import org.jspecify.annotations.Nullable;

/**
 * How many items may be sent in a month, in UTC. An estimate: AWS bills per account, and
 * only what this distribution's runs have sent is counted.
 *
 * @param itemsPerMonth how many, 0 for no limit
 * @param onExcess what to do with a run that would exceed it
 */
public record Budget(long itemsPerMonth, OnExcess onExcess) {

	/**
	 * No limit.
	 */
	public static final Budget NONE = new Budget(0, OnExcess.WARN);

	/**
	 * What to do with a run that would exceed the budget.
	 */
	public enum OnExcess {

		/**
		 * Send it, and say so.
		 */
		WARN,

		/**
		 * Fold its paths into wildcards until it fits, as far as that goes without
		 * dropping a tracked path that was not selected. Then as {@link #WARN}.
		 */
		FOLD,

		/**
		 * Send nothing: the run fails and its paths are still tracked.
		 */
		REJECT

	}

	/**
	 * How many items are left.
	 * @param billed how many were sent this month
	 * @return the number, at least 1
	 */
	long left(long billed) {
		return Math.max(1, this.itemsPerMonth - billed);
	}

	/**
	 * Says how a run exceeds the budget.
	 * @param items what it would send
	 * @param billed how many were sent this month
	 * @param pricing what they cost
	 * @return what is wrong, {@code null} if nothing is
	 */
	@Nullable String excess(long items, long billed, Pricing pricing) {
		if (this.itemsPerMonth == 0 || items == 0 || billed + items <= this.itemsPerMonth) {
			return null;
		}
		return ("%,d items (about $%s) and the %,d sent this month exceed "
				+ "'cf.tracker.invalidation.budget.items-per-month' (%,d)")
			.formatted(items, pricing.usd(items), billed, this.itemsPerMonth);
	}

}
