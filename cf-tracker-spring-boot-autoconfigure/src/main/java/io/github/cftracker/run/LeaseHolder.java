package io.github.cftracker.run;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import io.github.cftracker.Run;
import io.github.cftracker.Run.Batch;
import io.github.cftracker.Run.BatchState;
import io.github.cftracker.StoreUnavailableException;
import io.github.cftracker.text.LogText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The time during which this node has the lease. Knows the runs that are unfinished, and
 * nothing that the ledger does not know: whenever a write fails, the tenure ends, and the
 * next one begins with what was written.
 */
final class LeaseHolder {

	private static final Logger logger = LoggerFactory.getLogger(LeaseHolder.class);

	/**
	 * How many runs may wait for a batch to be accepted before the next one starts 15
	 * seconds later. Several runs that are refused are most likely not the fault of the
	 * runs.
	 */
	private static final int MOST_WAITING = 4;

	private static final Duration BETWEEN_STARTS = Duration.ofSeconds(15);

	private final Map<String, RunProgress> runs = new ConcurrentHashMap<>();

	private final Lease lease;

	private final RunThreads threads;

	private final Runnable flush;

	private final InvalidationSettings settings;

	private final RunPlanner planner;

	private final RunObserver observer;

	private final StoreTime time;

	private final BatchSender sender;

	private final CompletionWatch watch;

	private Instant nextFollowUp = Instant.MIN;

	private Instant lastStart = Instant.MIN;

	private volatile boolean over;

	LeaseHolder(Lease lease, InvalidationClient client, RunThreads threads, Runnable flush,
			InvalidationSettings settings, RunPlanner planner, RunObserver observer) {
		this.lease = lease;
		this.threads = threads;
		this.flush = flush;
		this.settings = settings;
		this.planner = planner;
		this.observer = observer;
		this.time = new StoreTime(lease, System::nanoTime);
		QuotaRateLimiter pacer = new QuotaRateLimiter(lease, settings.quotas(), this::inProgress, this::pause, observer,
				this.time);
		this.sender = new BatchSender(client, lease, pacer, settings, this::pause, this.time);
		this.watch = new CompletionWatch(client, this.runs::values, settings, this.time);
	}

	/**
	 * Work until nothing is left to do, or this node has to leave. The lease is released
	 * then, unless something went wrong.
	 */
	void serve() {
		this.time.read();
		// All of them first: what they have in progress counts against the quotas
		List<RunProgress> unfinished = this.lease.unfinished().stream().map(this::hold).toList();
		for (RunProgress run : unfinished) {
			if (!run.isSent()) {
				logger.info("Resuming run {}", run.id());
			}
			resume(run);
		}
		boolean idle = false;
		while (!isLeaving() && !idle) {
			// One after the other: what is refused must not keep the next run from
			// starting
			boolean resumed = resumeDue();
			boolean started = startNext();
			if (!followUp() && !resumed && !started) {
				idle = this.runs.isEmpty() && !this.lease.isGathering();
				if (!idle) {
					this.threads.idle(this.settings.pollInterval().dividedBy(2), this::isLeaving);
				}
			}
		}
		if (!this.over) {
			this.lease.release();
		}
	}

	/**
	 * Make another attempt for one of the runs of which CloudFront has not accepted a
	 * batch, in turn.
	 */
	private boolean resumeDue() {
		Optional<RunProgress> next = this.runs.values()
			.stream()
			.filter((run) -> run.isWorkedOn() && isDue(run))
			.min(Comparator.comparing(RunProgress::resumedAt));
		if (next.isEmpty() || isLeaving()) {
			return false;
		}
		this.time.read();
		next.get().resumed(this.time.instant());
		resume(next.get());
		return true;
	}

	private boolean isDue(RunProgress run) {
		return this.time.instant().isAfter(run.deadline()) || run.bisection()
			.next(run.in(BatchState.SENDING).stream().filter(this.sender::isDue).toList())
			.isPresent();
	}

	private boolean startNext() {
		if (!mayStart()) {
			return false;
		}
		Optional<Run> next = this.lease.nextWaiting();
		if (next.isEmpty()) {
			return false;
		}
		this.time.read();
		for (Run reopened : this.lease.reopen()) {
			resume(hold(reopened));
		}
		if (!isLeaving()) {
			RunProgress run = hold(next.get());
			this.lastStart = this.time.instant();
			run.started();
			resume(run);
		}
		return true;
	}

	private boolean mayStart() {
		long waiting = this.runs.values().stream().filter((run) -> run.isWorkedOn() && !run.isFinal()).count();
		return waiting < MOST_WAITING || this.time.instant().isAfter(this.lastStart.plus(BETWEEN_STARTS));
	}

	private boolean followUp() {
		if (this.time.instant().isBefore(this.nextFollowUp)) {
			return false;
		}
		this.nextFollowUp = this.time.instant().plus(this.settings.pollInterval().multipliedBy(2));
		List<FollowUp> followUps = this.lease.followUps();
		for (FollowUp followUp : followUps) {
			RunProgress held = this.runs.get(followUp.run().id());
			RunProgress run = (held != null) ? held : hold(followUp.run());
			if (!isLeaving() && run.isSent()) {
				run.work(this.time.instant().plus(this.settings.giveUpAfter()));
				// It may have finished meanwhile
				this.runs.put(run.id(), run);
				logger.info(
						"Run {}: invalidating {} paths again whose responses were in flight during the invalidation",
						run.id(), followUp.paths().size());
				execution(run).followUp(followUp.paths());
			}
		}
		return !followUps.isEmpty();
	}

	private void resume(RunProgress run) {
		try {
			if (!isLeaving()) {
				execution(run).resume();
			}
		}
		catch (LeaseLostException | StoreUnavailableException ex) {
			throw ex;
		}
		catch (RuntimeException | Error ex) {
			endedEarly(run, ex);
			run.failed((ex.getMessage() != null) ? ex.getMessage() : ex.toString());
			giveBack(run);
		}
	}

	private static void endedEarly(RunProgress run, Throwable ex) {
		if (run.isFinal()) {
			// Nothing else reports it: the run keeps its state
			logger.error("{}: {}", BatchLog.failed(run), LogText.clean(ex.toString()), ex);
		}
		else {
			logger.warn("Run {} ended early, paths that were not sent are still tracked", run.id(), ex);
		}
	}

	private void giveBack(RunProgress run) {
		try {
			execution(run).resume();
		}
		catch (LeaseLostException | StoreUnavailableException ex) {
			throw ex;
		}
		catch (RuntimeException | Error ex) {
			// It must not hold up the others forever
			logger.warn("Run {} could not release its claimed paths", run.id(), ex);
			run.abandoned();
		}
	}

	private RunExecution execution(RunProgress run) {
		return new RunExecution(run, this.sender, this.flush, this.settings, this.planner, this::pause, this::isLeaving,
				this.lease.batchLimit(), this.time);
	}

	private RunProgress hold(Run run) {
		Instant since = run.state().isFinal() ? this.time.instant() : run.requestedAt();
		RunProgress progress = new RunProgress(run, this.lease, since.plus(this.settings.giveUpAfter()), this.observer,
				this.planner.distribution(), (finished) -> {
					this.runs.remove(finished.id());
					this.sender.forget(finished);
				});
		this.runs.put(run.id(), progress);
		return progress;
	}

	private Collection<Batch> inProgress() {
		return this.runs.values().stream().flatMap((run) -> run.certainlyInProgress().stream()).toList();
	}

	private boolean pause(Duration duration) {
		return this.threads.pause(duration, this::isLeaving);
	}

	private boolean isLeaving() {
		return this.over || this.threads.isStopping();
	}

	/**
	 * Keeps the lease. Called by a thread of its own.
	 */
	void renew() {
		try {
			if (!this.over) {
				this.lease.renew();
			}
		}
		catch (LeaseLostException ex) {
			leave();
		}
	}

	/**
	 * Asks CloudFront what it has completed. Called by a thread of its own.
	 */
	void watch() {
		try {
			if (!this.over) {
				this.watch.tick();
			}
		}
		catch (LeaseLostException | StoreUnavailableException ex) {
			logger.debug("Could not store which batches are completed", ex);
			leave();
		}
	}

	/**
	 * Writes nothing any more.
	 */
	void leave() {
		this.over = true;
		this.threads.wake();
	}

}
