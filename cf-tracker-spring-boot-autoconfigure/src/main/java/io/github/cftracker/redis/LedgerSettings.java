package io.github.cftracker.redis;

import java.time.Duration;

/**
 * Settings of a ledger in Redis.
 *
 * @param lease how long its holder may be silent
 * @param freshWindow how long after a run its late paths are still sent
 * @param history number of runs to keep
 * @param waitReplicas number of replicas that must have a batch before it is sent
 */
public record LedgerSettings(Duration lease, Duration freshWindow, int history, int waitReplicas) {
}
