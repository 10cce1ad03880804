package io.github.cftracker.run;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

import io.github.cftracker.Run.Batch;
import io.github.cftracker.run.RunObserver.Quota;
import io.github.cftracker.run.Step.Usage;

/**
 * Rate limiter for CloudFront's quotas: items and wildcards per second, items and
 * wildcards in progress, and calls per second. The use of the quotas is written to the
 * ledger, so that the next lease holder continues with it.
 */
final class QuotaRateLimiter {

	private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

	// CloudFront's own limit, which does not depend on the configured size
	private static final int LARGEST_BATCH = 3_000;

	private static final Duration WHILE_IN_PROGRESS = Duration.ofMillis(250);

	/**
	 * Number of calls that may be made at once, because the search for a few invalid
	 * paths takes dozens of calls. CloudFront's own limit is not documented, and
	 * throttled calls are retried.
	 */
	static final int CALLS_AT_ONCE = 100;

	private final Lease lease;

	private final Quotas quotas;

	private final HeldRuns runs;

	private final RunClock clock;

	private final RunObserver observer;

	QuotaRateLimiter(Lease lease, Quotas quotas, HeldRuns runs, RunClock clock, RunObserver observer) {
		this.lease = lease;
		this.quotas = quotas;
		this.runs = runs;
		this.clock = clock;
		this.observer = observer;
	}

	/**
	 * Wait until a batch may be sent.
	 * @param batch the batch
	 * @param deadline when to give up
	 * @return whether it may be sent; false if the deadline has passed, or this node has
	 * to leave the run
	 */
	boolean await(Batch batch, Instant deadline) {
		Map<Quota, Duration> held = new EnumMap<>(Quota.class);
		try {
			Wait wait = waitFor(batch);
			while (!wait.duration().isZero()) {
				long since = System.nanoTime();
				boolean mayStay = this.clock.await(wait.slice());
				held.merge(wait.quota(), Duration.ofNanos(System.nanoTime() - since), Duration::plus);
				if (!mayStay || this.clock.instant().isAfter(deadline)) {
					return false;
				}
				wait = waitFor(batch);
			}
		}
		finally {
			held.forEach(this.observer::heldBack);
		}
		this.lease.apply(new Step.Use(List.of(call())));
		return true;
	}

	private Wait waitFor(Batch batch) {
		if (exceeds(this.quotas.itemsInProgress(), exact(batch),
				this.runs.inProgress().stream().mapToInt(QuotaRateLimiter::exact).sum())
				|| exceeds(this.quotas.wildcardsInProgress(), batch.wildcards(),
						this.runs.inProgress().stream().mapToInt(Batch::wildcards).sum())) {
			return new Wait(Quota.IN_PROGRESS, WHILE_IN_PROGRESS);
		}
		List<Usage> longest = new ArrayList<>();
		longest.add(call());
		longest.addAll(usages((exact(batch) > 0) ? LARGEST_BATCH : 0, (batch.wildcards() > 0) ? LARGEST_BATCH : 0));
		return new Wait(Quota.RATE, this.lease.read(longest).untilFree());
	}

	boolean isNothingInProgress() {
		return this.runs.inProgress().isEmpty();
	}

	private static boolean exceeds(int quota, int more, int inProgress) {
		// A batch above the quota is sent alone
		return quota > 0 && more > 0 && inProgress > 0 && inProgress + more > quota;
	}

	/**
	 * Record the use of the quotas by a batch that was accepted.
	 * @param batch the batch
	 */
	void sent(Batch batch) {
		// After the call, because CloudFront counts from the acceptance
		List<Usage> usages = usages(exact(batch), batch.wildcards());
		if (!usages.isEmpty()) {
			this.lease.apply(new Step.Use(usages));
		}
	}

	private List<Usage> usages(int exact, int wildcards) {
		List<Usage> usages = new ArrayList<>();
		add(usages, "items", exact, this.quotas.itemsPerSecond());
		add(usages, "wildcards", wildcards, this.quotas.wildcardsPerSecond());
		return usages;
	}

	private static void add(List<Usage> usages, String resource, int count, int perSecond) {
		if (count > 0 && perSecond > 0) {
			usages.add(new Usage(resource, Duration.ofSeconds(count).dividedBy(perSecond), Duration.ZERO));
		}
	}

	private Usage call() {
		Duration cost = Duration.ofNanos((long) (1_000_000_000 / this.quotas.callsPerSecond()));
		return new Usage("calls", cost, cost.multipliedBy(CALLS_AT_ONCE - 1));
	}

	private static int exact(Batch batch) {
		return batch.items() - batch.wildcards();
	}

	private record Wait(Quota quota, Duration duration) {

		Duration slice() {
			return (this.duration.compareTo(LONGEST_PAUSE) < 0) ? this.duration : LONGEST_PAUSE;
		}

	}

}
