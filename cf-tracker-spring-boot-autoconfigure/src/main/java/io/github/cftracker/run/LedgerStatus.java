package io.github.cftracker.run;

import org.jspecify.annotations.Nullable;

/**
 * Status of a ledger.
 *
 * @param hasWork whether a lease holder would have work: a run is unfinished or waits, or
 * late paths were recorded
 * @param billedThisMonth number of items that CloudFront has accepted this month, in UTC.
 * AWS bills per account, so this is an estimate
 * @param refusal why CloudFront refuses everything, with the fix, from a refusal until a
 * batch is accepted; {@code null} if it accepts
 */
public record LedgerStatus(boolean hasWork, long billedThisMonth, @Nullable String refusal) {
}
