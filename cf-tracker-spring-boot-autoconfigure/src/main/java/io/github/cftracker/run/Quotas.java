package io.github.cftracker.run;

import java.time.Duration;
import java.util.List;

import io.github.cftracker.Selection;

/**
 * CloudFront's quotas in both forms that it has had: as rates, and as numbers of items in
 * progress.
 *
 * @param itemsPerSecond maximum number of exact paths per second, 0 for no limit
 * @param wildcardsPerSecond maximum number of wildcards per second, 0 for no limit
 * @param itemsInProgress maximum number of exact paths in progress, 0 for no limit
 * @param wildcardsInProgress maximum number of wildcards in progress, 0 for no limit
 * @param callsPerSecond maximum number of CreateInvalidation calls per second, above 0
 */
public record Quotas(int itemsPerSecond, int wildcardsPerSecond, int itemsInProgress, int wildcardsInProgress,
		double callsPerSecond) {

	/**
	 * Return how long it takes to send items within the quotas, wildcards first, one call
	 * after the other.
	 */
	Duration timeFor(long exact, long wildcards, int batchSize) {
		double calls = Math.max(0, Math.ceil((double) (exact + wildcards) / batchSize) - QuotaRateLimiter.CALLS_AT_ONCE)
				/ this.callsPerSecond;
		return Duration.ofSeconds((long) Math
			.ceil(Math.max(calls, seconds(exact, this.itemsPerSecond) + seconds(wildcards, this.wildcardsPerSecond))));
	}

	private static double seconds(long count, int perSecond) {
		return (perSecond > 0) ? (double) count / perSecond : 0;
	}

	/**
	 * Return the beginning of a list that fits into one batch.
	 */
	List<String> oneBatchOf(List<String> items, int batchSize, BatchLimit limit) {
		int exact = 0;
		int wildcards = 0;
		for (int i = 0; i < items.size(); i++) {
			if (Selection.isWildcard(items.get(i))) {
				wildcards++;
			}
			else {
				exact++;
			}
			if (i == batchSize || exact > limit.items() || wildcards > limit.wildcards()
					|| (this.itemsInProgress > 0 && exact > this.itemsInProgress)
					|| (this.wildcardsInProgress > 0 && wildcards > this.wildcardsInProgress)) {
				return items.subList(0, i);
			}
		}
		return items;
	}

}
