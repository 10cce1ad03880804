package io.github.cftracker.run;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

import io.github.cftracker.Run;
import io.github.cftracker.Run.BatchState;
import io.github.cftracker.StoreUnavailableException;
import io.github.cftracker.run.Lease.Next;
import io.github.cftracker.text.LogText;
import io.github.cftracker.thread.Repeater;
import io.github.cftracker.thread.Ticker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Executor of all unfinished runs while this node has the lease. It holds no state that
 * the ledger does not have: when a write fails, the term ends, and the next one begins
 * with the state in the ledger.
 */
final class LeaseHolder {

	private static final Logger logger = LoggerFactory.getLogger(LeaseHolder.class);

	/**
	 * Maximum number of runs that wait for a batch to be accepted before the next run
	 * starts only 15 seconds later. If several runs are refused, the cause is most likely
	 * not in the runs.
	 */
	private static final int MOST_WAITING = 4;

	private static final Duration BETWEEN_STARTS = Duration.ofSeconds(15);

	private final HeldRuns runs = new HeldRuns();

	private final Lease lease;

	private final RunContext context;

	private final RunSettings settings;

	private final LeaseTerm term;

	private final BatchSender sender;

	private final CompletionWatch watch;

	private Instant nextFollowUp = Instant.MIN;

	private Instant lastStart = Instant.MIN;

	LeaseHolder(Lease lease, RunContext context, Repeater sender) {
		this.lease = lease;
		this.context = context;
		this.settings = context.settings();
		this.term = new LeaseTerm(sender, new StoreTime(lease, Ticker.SYSTEM));
		QuotaRateLimiter limiter = new QuotaRateLimiter(lease, this.settings.quotas(), this.runs, this.term,
				context.observer());
		this.sender = new BatchSender(context, lease, limiter, this.term);
		this.watch = new CompletionWatch(context.client(), this.runs, this.settings, this.term);
	}

	/**
	 * Work until nothing is left to do, or this node has to leave. Release the lease
	 * then, unless an error occurred.
	 */
	void serve() {
		this.term.readTime();
		// All runs first, because their batches in progress count against the quotas
		List<RunJournal> unfinished = this.lease.unfinished().stream().map(this::hold).toList();
		for (RunJournal run : unfinished) {
			if (!run.state().isSent()) {
				logger.info("Resuming run {}", run.id());
			}
			resume(run);
		}
		boolean idle = false;
		while (!this.term.isLeaving() && !idle) {
			// In turn, because a run that is refused must not keep the next one from
			// starting
			boolean resumed = resumeDue();
			this.runs.removeFinished();
			Next next = mayStart() ? this.lease.next() : Next.NONE;
			boolean started = start(next);
			if (!followUp() && !resumed && !started) {
				idle = this.runs.isEmpty() && !next.gathering();
				if (!idle) {
					this.term.idle(this.settings.pollInterval().dividedBy(2));
				}
			}
		}
		if (!this.term.isOver()) {
			this.lease.release();
		}
	}

	/**
	 * Resume one of the runs that have a batch which CloudFront has not accepted, each in
	 * turn.
	 */
	private boolean resumeDue() {
		Optional<RunJournal> next = this.runs.working()
			.stream()
			.filter(this::isDue)
			.min(Comparator.comparing(RunJournal::resumedAt));
		if (next.isEmpty() || this.term.isLeaving()) {
			return false;
		}
		this.term.readTime();
		next.get().setResumedAt(this.term.instant());
		resume(next.get());
		return true;
	}

	private boolean isDue(RunJournal run) {
		return this.term.instant().isAfter(run.deadline()) || run.bisection()
			.next(run.state().in(BatchState.SENDING).stream().filter((batch) -> this.sender.isDue(run, batch)).toList())
			.isPresent();
	}

	private boolean mayStart() {
		return this.runs.waiting() < MOST_WAITING || this.term.instant().isAfter(this.lastStart.plus(BETWEEN_STARTS));
	}

	private boolean start(Next next) {
		Run waiting = next.run();
		if (waiting == null) {
			return false;
		}
		this.term.readTime();
		next.reopened().forEach((reopened) -> resume(hold(reopened)));
		if (!this.term.isLeaving()) {
			RunJournal run = hold(waiting);
			this.lastStart = this.term.instant();
			run.started();
			resume(run);
		}
		return true;
	}

	private boolean followUp() {
		if (this.term.instant().isBefore(this.nextFollowUp)) {
			return false;
		}
		this.nextFollowUp = this.term.instant().plus(this.settings.pollInterval().multipliedBy(2));
		List<FollowUp> followUps = this.lease.followUps();
		for (FollowUp followUp : followUps) {
			RunJournal held = this.runs.find(followUp.run().id());
			RunJournal run = (held != null && !held.isFinished()) ? held : hold(followUp.run());
			if (!this.term.isLeaving() && run.state().isSent()) {
				run.reopen(this.term.instant().plus(this.settings.giveUpAfter()));
				// The run may have finished in the meantime
				this.runs.add(run);
				logger.info(
						"Run {}: invalidating {} paths again whose responses were in flight during the invalidation",
						run.id(), followUp.paths().size());
				executor(run).followUp(followUp.paths());
			}
		}
		return !followUps.isEmpty();
	}

	private void resume(RunJournal run) {
		try {
			if (!this.term.isLeaving()) {
				executor(run).resume();
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

	private static void endedEarly(RunJournal run, Throwable ex) {
		if (run.state().isFinal()) {
			// Reported only here, because the run keeps its state
			logger.error("{}: {}", BatchLog.failed(run), LogText.clean(ex.toString()), ex);
		}
		else {
			logger.warn("Run {} ended early, paths that were not sent are still tracked", run.id(), ex);
		}
	}

	private void giveBack(RunJournal run) {
		try {
			executor(run).resume();
		}
		catch (LeaseLostException | StoreUnavailableException ex) {
			throw ex;
		}
		catch (RuntimeException | Error ex) {
			// The run must not hold up the others forever
			logger.warn("Run {} could not release its claimed paths", run.id(), ex);
			run.abandoned();
		}
	}

	private RunExecutor executor(RunJournal run) {
		return new RunExecutor(run, this.sender, this.context, this.term, this.lease.read(List.of()).limit());
	}

	private RunJournal hold(Run run) {
		Instant since = run.state().isFinal() ? this.term.instant() : run.requestedAt();
		RunJournal journal = new RunJournal(run, this.lease, this.context, since.plus(this.settings.giveUpAfter()));
		this.runs.add(journal);
		return journal;
	}

	/**
	 * Keep the lease. Called by another thread.
	 */
	void renew() {
		try {
			if (!this.term.isOver()) {
				this.lease.renew();
			}
		}
		catch (LeaseLostException ex) {
			leave();
		}
	}

	/**
	 * Ask CloudFront which batches it has completed. Called by another thread.
	 */
	void watch() {
		try {
			if (!this.term.isOver()) {
				this.watch.tick();
			}
		}
		catch (LeaseLostException | StoreUnavailableException ex) {
			logger.debug("Could not store which batches are completed", ex);
			leave();
		}
	}

	/**
	 * Write nothing from now on.
	 */
	void leave() {
		this.term.end();
	}

}
