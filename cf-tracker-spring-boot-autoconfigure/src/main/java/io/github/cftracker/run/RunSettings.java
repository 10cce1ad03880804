package io.github.cftracker.run;

import java.time.Duration;

/**
 * Sizes and times of runs.
 *
 * @param batchSize items per invalidation
 * @param flushInterval how long to wait for the flushes of other nodes before a claim
 * @param lease how long a node may be silent before another one continues its runs
 * @param giveUpAfter how long after its request a run may take
 * @param retry waits after throttling, server errors and lost connections
 * @param busy waits while too many invalidations are in progress
 * @param quotas what CloudFront accepts
 * @param pollInterval how long to wait before CloudFront is first asked whether a batch
 * is completed. All other polling intervals of runs are multiples or fractions of it
 * @param plan goals of plans
 */
public record RunSettings(int batchSize, Duration flushInterval, Duration lease, Duration giveUpAfter, Backoff retry,
		Backoff busy, Quotas quotas, Duration pollInterval, PlanSettings plan) {

	private static final int MAX_WILDCARDS = 1000;

	/**
	 * Return how many wildcards a plan may choose. CloudFront takes about one a second,
	 * and sending them must leave half of the time that a run may take.
	 */
	int maxWildcards() {
		if (this.quotas.wildcardsPerSecond() == 0) {
			return MAX_WILDCARDS;
		}
		long seconds = this.giveUpAfter.toSeconds() / 2;
		return (int) Math.min(MAX_WILDCARDS, Math.max(1, seconds * this.quotas.wildcardsPerSecond()));
	}

}
