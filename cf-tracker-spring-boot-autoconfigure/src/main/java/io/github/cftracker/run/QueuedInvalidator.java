package io.github.cftracker.run;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;

import io.github.cftracker.CloudFrontInvalidator;
import io.github.cftracker.InvalidationRequest;
import io.github.cftracker.Run;
import io.github.cftracker.RunHandle;
import io.github.cftracker.UrlStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs on this node, one after the other.
 * <p>
 * A run first flushes what this node has recorded and waits one flush interval for the
 * other nodes, then claims and sends on one thread. Another thread renews the claim and
 * watches accepted batches, so that the next run need not wait until CloudFront is done.
 * The queue lives in this process: a run that waits when the application stops is not
 * carried out, and its paths stay tracked.
 */
public final class QueuedInvalidator implements CloudFrontInvalidator {

	private static final Logger logger = LoggerFactory.getLogger(QueuedInvalidator.class);

	private static final int MAX_WAITING = 100;

	private final Map<String, RunProgress> waiting = new LinkedHashMap<>();

	private final Set<RunProgress> unfinished = ConcurrentHashMap.newKeySet();

	private final UrlStore store;

	private final StoreGuard guard;

	private final RunLedger ledger;

	private final BatchSender sender;

	private final Runnable flush;

	private final InvalidationSettings settings;

	private final Clock clock;

	private final CompletionWatch watch;

	private volatile RunThreads threads = new RunThreads();

	private volatile @Nullable RunExecution current;

	/**
	 * Create an invalidator.
	 * @param store what to claim from
	 * @param guard the same store, for those who wait for an answer
	 * @param ledger where to write runs down
	 * @param client what to send with
	 * @param flush writes what this node has recorded
	 * @param settings sizes and times
	 * @param clock the clock of the ledger's times
	 */
	public QueuedInvalidator(UrlStore store, StoreGuard guard, RunLedger ledger, InvalidationClient client,
			Runnable flush, InvalidationSettings settings, Clock clock) {
		this.store = store;
		this.guard = guard;
		this.ledger = ledger;
		this.sender = new BatchSender(client, settings, this::pause, clock);
		this.flush = flush;
		this.settings = settings;
		this.clock = clock;
		this.watch = new CompletionWatch(client, (task, delay) -> this.threads.watch(task, delay),
				settings.giveUpAfter(), clock);
	}

	/**
	 * Starts to renew claims. A stopped invalidator takes requests again.
	 */
	public void start() {
		if (isStopping()) {
			this.threads = new RunThreads();
		}
		this.threads.renew(this::renewClaim, this.settings.lease().dividedBy(3));
	}

	@Override
	public RunHandle invalidateAll() {
		return invalidate(InvalidationRequest.ofEverything());
	}

	@Override
	public RunHandle invalidate(InvalidationRequest request) {
		// Not inside the lock: a store that hangs must not hold up everybody else
		this.guard.count();
		synchronized (this.waiting) {
			RunProgress run = join(request).orElseGet(() -> enqueue(request));
			return new RunHandle(run.snapshot(), run.completion());
		}
	}

	private Optional<RunProgress> join(InvalidationRequest request) {
		if (!request.selection().isEverything()) {
			return Optional.empty();
		}
		return this.waiting.values().stream().filter((run) -> run.selection().isEverything()).findFirst();
	}

	private RunProgress enqueue(InvalidationRequest request) {
		if (isStopping()) {
			throw new RejectedExecutionException("The application is stopping");
		}
		if (this.waiting.size() >= MAX_WAITING) {
			throw new RejectedExecutionException("%d runs wait already".formatted(MAX_WAITING));
		}
		RunProgress run = new RunProgress(UUID.randomUUID().toString(), request.selection(), this.ledger, this.clock);
		this.waiting.put(run.id(), run);
		this.unfinished.add(run);
		this.threads.send(() -> execute(run));
		return run;
	}

	@Override
	public Optional<Run> find(String id) {
		return this.ledger.find(id);
	}

	private void execute(RunProgress run) {
		try {
			// Before the flush: who joins later may have recorded something that it
			// misses
			synchronized (this.waiting) {
				this.waiting.remove(run.id());
			}
			this.flush.run();
			pause(this.settings.flushInterval());
			RunExecution execution = new RunExecution(run, this.store, this.sender, this::pause,
					this.settings.batchSize(), this::isStopping);
			this.current = execution;
			execution.execute();
		}
		catch (RuntimeException | Error ex) {
			logger.error("Run {} ended early, what was not sent is still tracked: {}", run.id(), ex.getMessage(), ex);
			run.failed((ex.getMessage() != null) ? ex.getMessage() : ex.toString());
		}
		finally {
			this.current = null;
			run.sent();
			this.unfinished.removeIf(RunProgress::isFinished);
			if (!run.isFinished()) {
				this.watch.watch(run);
			}
		}
	}

	private boolean pause(Duration duration) {
		return this.threads.pause(duration);
	}

	private void renewClaim() {
		RunExecution execution = this.current;
		if (execution != null) {
			try {
				execution.renewClaim();
			}
			catch (RuntimeException ex) {
				logger.debug("The claim was not renewed", ex);
			}
		}
	}

	/**
	 * Ends the batch that is being sent, gives back the rest and ends all threads.
	 * Returns when that is done, or after ten seconds.
	 */
	public void stop() {
		this.threads.stop();
		this.unfinished.stream().filter((run) -> !run.isFinished()).forEach(RunProgress::abandon);
		this.unfinished.clear();
	}

	private boolean isStopping() {
		return this.threads.isStopping();
	}

}
