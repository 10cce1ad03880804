package io.github.cftracker.run;

import java.time.Duration;

/**
 * Sizes and times of runs.
 *
 * @param batchSize items per invalidation
 * @param flushInterval how long to wait for other nodes' flushes before a claim
 * @param lease how long a node may be silent before another carries on its runs
 * @param giveUpAfter how long after its request a run may take
 * @param retry waits after throttling, server errors and lost connections
 * @param busy waits while too many invalidations are in progress
 * @param quotas what CloudFront accepts
 * @param pollInterval how long to wait before CloudFront is first asked whether a batch
 * is completed. All other polling intervals of runs are multiples or fractions of it
 */
public record InvalidationSettings(int batchSize, Duration flushInterval, Duration lease, Duration giveUpAfter,
		Backoff retry, Backoff busy, Quotas quotas, Duration pollInterval) {
}
