package io.github.cftracker.run;

import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

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

	private static final Duration SHUTDOWN_TIMEOUT = Duration.ofSeconds(10);

	private final Map<String, RunProgress> waiting = new LinkedHashMap<>();

	private final Set<RunProgress> unfinished = ConcurrentHashMap.newKeySet();

	private final CountDownLatch stopping = new CountDownLatch(1);

	private final ExecutorService executor = Executors.newSingleThreadExecutor(threads("cf-tracker-send"));

	private final ScheduledExecutorService scheduler = Executors
		.newSingleThreadScheduledExecutor(threads("cf-tracker-watch"));

	private final UrlStore store;

	private final RunLedger ledger;

	private final BatchSender sender;

	private final Runnable flush;

	private final InvalidationSettings settings;

	private final Clock clock;

	private final CompletionWatch watch;

	private volatile @Nullable RunExecution current;

	/**
	 * Create an invalidator.
	 * @param store what to claim from
	 * @param ledger where to write runs down
	 * @param client what to send with
	 * @param flush writes what this node has recorded
	 * @param settings sizes and times
	 * @param clock the clock of the ledger's times
	 */
	public QueuedInvalidator(UrlStore store, RunLedger ledger, InvalidationClient client, Runnable flush,
			InvalidationSettings settings, Clock clock) {
		this.store = store;
		this.ledger = ledger;
		this.sender = new BatchSender(client, settings, this::pause, clock);
		this.flush = flush;
		this.settings = settings;
		this.clock = clock;
		this.watch = new CompletionWatch(client, this.scheduler, settings.giveUpAfter(), clock);
		long third = settings.lease().toMillis() / 3;
		Future<?> unused = this.scheduler.scheduleAtFixedRate(this::renewClaim, third, third, TimeUnit.MILLISECONDS);
	}

	@Override
	public RunHandle invalidateAll() {
		return invalidate(InvalidationRequest.ofEverything());
	}

	@Override
	public RunHandle invalidate(InvalidationRequest request) {
		// Not inside the lock: a store that hangs must not hold up everybody else
		this.store.count();
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
		this.executor.execute(() -> execute(run));
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
			RunExecution execution = new RunExecution(run, this.store, this.sender, this.settings.batchSize(),
					this::isStopping);
			this.current = execution;
			execution.execute();
		}
		catch (RuntimeException ex) {
			logger.error("Run {} ended early, what was not sent is still tracked: {}", run.id(), ex.getMessage(), ex);
			run.failed(String.valueOf(ex.getMessage()));
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
		try {
			return !this.stopping.await(duration.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
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
		this.stopping.countDown();
		this.executor.shutdown();
		try {
			if (!this.executor.awaitTermination(SHUTDOWN_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
				logger.warn("A batch is still being sent while the application stops");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		this.scheduler.shutdownNow();
		this.unfinished.stream().filter((run) -> !run.isFinished()).forEach(RunProgress::abandon);
	}

	private boolean isStopping() {
		return this.stopping.getCount() == 0;
	}

	private static ThreadFactory threads(String name) {
		return (task) -> {
			Thread thread = new Thread(task, name);
			thread.setDaemon(true);
			return thread;
		};
	}

}
