package io.github.cftracker.run;

import io.github.cftracker.Pricing;
import org.jspecify.annotations.Nullable;

/**
 * Maximum number of items to send in a calendar month in UTC. This is an estimate: AWS
 * bills per account, and only items of this distribution's runs are counted.
 *
 * @param itemsPerMonth maximum number of items, 0 for no limit
 * @param onExcess handling of a run that would exceed it
 */
public record Budget(long itemsPerMonth, OnExcess onExcess) {

	/**
	 * No limit.
	 */
	public static final Budget NONE = new Budget(0, OnExcess.WARN);

	/**
	 * Handling of a run that would exceed the budget.
	 */
	public enum OnExcess {

		/**
		 * Send it, and log a warning.
		 */
		WARN,

		/**
		 * Fold its paths into wildcards until it fits, as far as possible without
		 * dropping a tracked path that was not selected. Otherwise the same as
		 * {@link #WARN}.
		 */
		FOLD,

		/**
		 * Send nothing: the run fails and its paths are still tracked.
		 */
		REJECT

	}

	/**
	 * Return how many items are left.
	 * @param billed number of items that were sent this month
	 * @return the number, at least 1
	 */
	long left(long billed) {
		return Math.max(1, this.itemsPerMonth - billed);
	}

	/**
	 * Describe how a run exceeds the budget.
	 * @param items number of items that it would send
	 * @param billed number of items that were sent this month
	 * @param pricing price of items
	 * @return the description, {@code null} if the run is within the budget
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
