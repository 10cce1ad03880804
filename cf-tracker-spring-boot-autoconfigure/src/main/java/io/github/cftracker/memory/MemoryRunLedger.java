package io.github.cftracker.memory;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.cftracker.InvalidationRequest;
import io.github.cftracker.PathLifetime;
import io.github.cftracker.PathPatterns;
import io.github.cftracker.Run;
import io.github.cftracker.Selection;
import io.github.cftracker.UrlStore;
import io.github.cftracker.recording.WriteListener;
import io.github.cftracker.run.BatchLimit;
import io.github.cftracker.run.Lease;
import io.github.cftracker.run.LedgerStatus;
import io.github.cftracker.run.RunLedger;
import io.github.cftracker.run.RunList;
import io.github.cftracker.run.RunSummary;
import io.github.cftracker.text.SelectionText;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@link RunLedger} in the memory of this process, for any store. Every node has its own
 * ledger: with a shared store, each node carries out the runs that were requested from
 * it, and gives back the paths of its unfinished runs when it is stopped regularly.
 */
public final class MemoryRunLedger implements RunLedger, WriteListener {

	private static final Logger logger = LoggerFactory.getLogger(MemoryRunLedger.class);

	private static final Duration LIMIT_KEPT = Duration.ofMinutes(15);

	private final Map<String, Instant> names = new HashMap<>();

	private final MemoryRuns runs;

	private final Map<String, MemoryRunItems> items = new ConcurrentHashMap<>();

	private final AtomicInteger claims = new AtomicInteger();

	private final UrlStore store;

	private final Map<String, MemoryLease.Use> uses = new HashMap<>();

	private @Nullable Lease holder;

	private @Nullable String refusal;

	private BatchLimit batchLimit = BatchLimit.NONE;

	private Instant limitedUntil = Instant.MIN;

	/**
	 * Create an empty ledger.
	 * @param store the store from which runs claim paths
	 * @param history number of finished runs to keep
	 * @param freshWindow how long after a run its late paths are still sent
	 * @param patterns the syntax of the patterns in a selection
	 * @param clock the clock of the runs' times
	 */
	public MemoryRunLedger(UrlStore store, int history, Duration freshWindow, PathPatterns patterns, Clock clock) {
		this.store = store;
		this.runs = new MemoryRuns(history, freshWindow, patterns, clock);
	}

	@Override
	public Optional<Run> request(String id, InvalidationRequest request) {
		InvalidationRequest.Once once = request.once();
		if (once != null && isKnown(once.name())) {
			return Optional.empty();
		}
		// Called without the lock, because a store that hangs must not hold up other
		// callers
		this.store.count();
		synchronized (this) {
			Instant now = this.runs.now();
			if (once != null && isKnown(once.name())) {
				return Optional.empty();
			}
			Run run = this.runs.request(
					Run.queued(id, request.selection(), request.trigger(), now).withRequestedBy(request.requestedBy()));
			if (once != null) {
				this.names.put(once.name(), now.plus(once.remembered()));
			}
			return Optional.of(run);
		}
	}

	private synchronized boolean isKnown(String name) {
		Instant now = this.runs.now();
		this.names.values().removeIf((until) -> until.isBefore(now));
		return this.names.containsKey(name);
	}

	@Override
	public Optional<Run> find(String id) {
		return this.runs.find(id);
	}

	@Override
	public RunList list(int finished) {
		return new RunList(this.runs.latest(finished).stream().map(RunSummary::of).toList(), List.of());
	}

	/**
	 * End the waiting runs, because nothing carries them out after a restart.
	 */
	@Override
	public void stopped() {
		this.runs.abandonWaiting()
			.map(Run::selection)
			.reduce(Selection::and)
			.ifPresent((selection) -> logger.error(
					"Shutting down before all queued runs were started. Invalidate these manually: {}",
					SelectionText.of(selection)));
	}

	@Override
	public synchronized LedgerStatus status() {
		return new LedgerStatus(this.runs.hasWork(), this.runs.billedThisMonth(), this.refusal);
	}

	@Override
	public synchronized Lease acquire() {
		this.holder = new MemoryLease(this, this.runs, this.uses);
		return this.holder;
	}

	@Override
	public void renewClaims() {
		this.items.values().forEach(MemoryRunItems::renew);
	}

	/**
	 * Return the items of a run.
	 */
	MemoryRunItems items(String runId) {
		return this.items.computeIfAbsent(runId, (id) -> new MemoryRunItems());
	}

	/**
	 * Give back all items of a run.
	 */
	void endItems(String runId) {
		items(runId).end();
		this.items.remove(runId);
	}

	/**
	 * Claim what a run selects, unless it has a claim.
	 */
	void claim(String runId, Selection selection) {
		MemoryRunItems items = items(runId);
		if (!items.isClaimed()) {
			items.claimed(this.store.claim(runId + "-" + this.claims.getAndIncrement(), selection));
		}
	}

	synchronized boolean isHeldBy(Lease lease) {
		return this.holder == lease;
	}

	synchronized void release(Lease lease) {
		if (this.holder == lease) {
			this.holder = null;
		}
	}

	/**
	 * Detect late paths. A store in Redis detects them itself.
	 */
	@Override
	public void written(Collection<PathLifetime> paths) {
		this.runs.recorded(paths);
	}

	synchronized BatchLimit batchLimit() {
		return this.runs.now().isBefore(this.limitedUntil) ? this.batchLimit : BatchLimit.NONE;
	}

	synchronized void limitBatches(BatchLimit limit) {
		this.batchLimit = limit;
		this.limitedUntil = this.runs.now().plus(LIMIT_KEPT);
	}

	synchronized void refusal(@Nullable String refusal) {
		this.refusal = refusal;
	}

}
