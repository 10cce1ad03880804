package io.github.cftracker.run;

import java.time.Duration;

/**
 * What plans aim at.
 *
 * @param maxPaths how many items to aim at by folding, 0 for every path exact
 * @param batchSize items per invalidation
 * @param quotas what CloudFront accepts
 * @param giveUpAfter how long a run may take
 * @param budget how many items may be sent in a month
 */
public record PlanSettings(int maxPaths, int batchSize, Quotas quotas, Duration giveUpAfter, Budget budget) {

	/**
	 * How many wildcards a plan may choose, so that sending them takes half of the time
	 * that a run may take.
	 */
	int maxWildcards() {
		if (this.quotas.wildcardsPerSecond() == 0) {
			return Integer.MAX_VALUE;
		}
		long seconds = this.giveUpAfter.toSeconds() / 2;
		return (int) Math.min(Integer.MAX_VALUE, Math.max(1, seconds * this.quotas.wildcardsPerSecond()));
	}

}
