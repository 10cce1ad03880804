package io.github.cftracker.run;

import java.time.Duration;

import io.github.cftracker.Pricing;

/**
 * What plans aim at.
 *
 * @param maxPaths how many items to aim at by folding, 0 for every path exact
 * @param batchSize items per invalidation
 * @param quotas what CloudFront accepts
 * @param giveUpAfter how long a run may take
 * @param budget how many items may be sent in a month
 * @param pricing what items cost
 */
public record PlanSettings(int maxPaths, int batchSize, Quotas quotas, Duration giveUpAfter, Budget budget,
		Pricing pricing) {

	private static final int MAX_WILDCARDS = 1000;

	/**
	 * How many wildcards a plan may choose. CloudFront takes about one a second, and
	 * sending them must leave half of the time that a run may take.
	 */
	int maxWildcards() {
		if (this.quotas.wildcardsPerSecond() == 0) {
			return MAX_WILDCARDS;
		}
		long seconds = this.giveUpAfter.toSeconds() / 2;
		return (int) Math.min(MAX_WILDCARDS, Math.max(1, seconds * this.quotas.wildcardsPerSecond()));
	}

}
