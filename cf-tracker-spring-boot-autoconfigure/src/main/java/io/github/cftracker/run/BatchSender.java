package io.github.cftracker.run;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import io.github.cftracker.Run.Batch;
import io.github.cftracker.Run.RejectedPath;
import io.github.cftracker.run.Bisection.Suspect;
import io.github.cftracker.run.InvalidationException.Kind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sender of frozen batches, which makes one attempt at a time and evaluates the answer.
 * Every attempt of every node sends the same items under the same reference, so that
 * CloudFront bills them once.
 * <ul>
 * <li>After too many invalidations in progress, throttling, server errors, lost
 * connections, and answers that are not CloudFront's, the batch is due again later, until
 * the deadline of its run. Other batches and runs are sent in the meantime.</li>
 * <li>A batch that is refused repeatedly for its size or rate, while none of our batches
 * is in progress, is halved, and the size that CloudFront accepts is remembered.</li>
 * <li>CloudFront rejects a whole batch for one invalid path. The batch is halved until
 * the path is alone, see {@link Bisection}.</li>
 * <li>A reference that was used before is looked up, and never assumed to be a success. A
 * batch gets another reference three times at most.</li>
 * <li>A batch that may have been accepted is never given back: it stays frozen, and the
 * next run sends it again under its reference.</li>
 * </ul>
 */
final class BatchSender {

	private static final Logger logger = LoggerFactory.getLogger(BatchSender.class);

	private static final int MAX_RENAMES = 3;

	private final RunContext context;

	private final Lease lease;

	private final QuotaRateLimiter limiter;

	private final RunClock clock;

	private final BatchLog log;

	// A former lease holder may have been refused
	private boolean mayBeRefused = true;

	BatchSender(RunContext context, Lease lease, QuotaRateLimiter limiter, RunClock clock) {
		this.context = context;
		this.lease = lease;
		this.limiter = limiter;
		this.clock = clock;
		this.log = new BatchLog(context.settings().giveUpAfter());
	}

	/**
	 * Return whether the next attempt of a batch is due.
	 */
	boolean isDue(RunJournal run, Batch batch) {
		return !this.clock.instant().isBefore(run.attempts(batch).due());
	}

	/**
	 * Make one attempt to send a batch.
	 * @param run the run it belongs to
	 * @param batch the batch, frozen
	 * @param items its items, in order
	 * @return the outcome of the attempt
	 */
	Outcome send(RunJournal run, Batch batch, List<String> items) {
		Attempts attempts = run.attempts(batch);
		if (!this.limiter.await(batch, run.deadline())) {
			String error = run.state().current(batch).error();
			return isOver(run, Duration.ZERO)
					? givenUp(run, batch,
							(error != null) ? error : "CloudFront's quotas did not allow the batch to be sent in time")
					: Outcome.ENDED;
		}
		if (attempts.isFirst()) {
			logger.info("Invalidating CloudFront... ({} paths)", items.size());
		}
		run.attempt(batch);
		if (!awaitSafety(run, batch)) {
			return Outcome.ENDED;
		}
		try {
			accept(run, batch, create(batch, items), items);
			return Outcome.SETTLED;
		}
		catch (InvalidationException ex) {
			logger.debug("CloudFront did not accept batch {}", batch.callerReference(), ex);
			return notAccepted(run, batch, items, ex);
		}
	}

	/**
	 * Wait until the batch is replicated. A batch that a failover takes back would be
	 * sent again under another reference.
	 */
	private boolean awaitSafety(RunJournal run, Batch batch) {
		boolean waiting = false;
		while (!run.isSafe(batch)) {
			String error = "Fewer replicas than 'cf.tracker.redis.wait-replicas' have stored the batch";
			if (!waiting) {
				this.log.waitsForReplicas(run, batch, error);
				waiting = true;
			}
			if (isOver(run, this.context.settings().pollInterval())) {
				run.refused(batch, error);
				givenUp(run, batch, error);
				return false;
			}
			if (!this.clock.await(this.context.settings().pollInterval())) {
				// So that the next lease holder knows that it was not sent
				run.refused(batch, error);
				return false;
			}
		}
		if (waiting) {
			this.log.storedOnReplicas(run, batch);
		}
		return true;
	}

	private String create(Batch batch, List<String> items) {
		try {
			return this.context.client().create(batch.callerReference(), items);
		}
		catch (InvalidationException ex) {
			throw ex;
		}
		catch (RuntimeException | LinkageError ex) {
			// Not an answer of CloudFront, so the call may have been accepted
			String message = (ex.getMessage() != null) ? ex.getMessage() : ex.toString();
			throw new InvalidationException(message, Kind.REFUSED, null, ex).unanswered(true);
		}
	}

	private void accept(RunJournal run, Batch batch, String invalidationId, List<String> items) {
		logger.info("Success! 201");
		run.accepted(batch, invalidationId, items);
		this.log.accepted(run, batch);
		this.limiter.sent(batch);
		if (this.mayBeRefused) {
			this.lease.apply(new Step.Refuse(null));
			this.mayBeRefused = false;
		}
		run.forgetAttempts(batch);
		if (run.takeShrunk(batch)) {
			this.lease.apply(new Step.Limit(this.lease.read(List.of()).limit().loweredTo(batch)));
		}
	}

	private Outcome notAccepted(RunJournal run, Batch batch, List<String> items, InvalidationException answer) {
		if (answer.isUnanswered()) {
			run.unanswered(batch, answer.getMessage());
			this.limiter.sent(batch);
		}
		else {
			run.refused(batch, answer.getMessage());
		}
		return switch (answer.kind()) {
			case ITEMS -> (items.size() > 1)
					? halve(run, batch, items, answer, "Sending it in two halves to find the invalid item")
					: invalid(run, batch, items.get(0), answer);
			case SIZE -> (items.size() > 1) ? shrink(run, batch, items, answer) : refused(run, batch, answer);
			case CONFLICT -> lookUp(run, batch, items, answer);
			case REFUSED, DENIED -> refused(run, batch, answer);
			case BUSY, THROTTLED ->
				isTooLarge(run, batch) ? shrink(run, batch, items, answer) : later(run, batch, answer);
			case NOT_FOUND, TEMPORARY -> later(run, batch, answer);
		};
	}

	/**
	 * Return whether to halve a batch. A batch that may have been accepted is not halved,
	 * because its parts would be billed again. Until CloudFront has accepted a part of a
	 * halved batch, only the smallest part is halved: if all parts are refused alike, the
	 * size is not the cause.
	 */
	private boolean isTooLarge(RunJournal run, Batch batch) {
		if (batch.items() == 1 || run.state().current(batch).unanswered() > 0 || !this.limiter.isNothingInProgress()) {
			return false;
		}
		return this.lease.read(List.of()).limit().isExceededBy(batch)
				|| (run.attempts(batch).isTooLarge() && run.state().isSmallestPart(batch));
	}

	private Outcome shrink(RunJournal run, Batch batch, List<String> items, InvalidationException answer) {
		Outcome outcome = halve(run, batch, items, answer, "Sending it in two halves, because it may be too large");
		run.shrunk(CallerReference.half(batch.callerReference(), 0));
		run.shrunk(CallerReference.half(batch.callerReference(), 1));
		return outcome;
	}

	private Outcome halve(RunJournal run, Batch batch, List<String> items, InvalidationException answer, String next) {
		run.retried(answer.kind());
		this.log.notAccepted(run, batch, answer, next);
		run.split(batch, items);
		return Outcome.SETTLED;
	}

	private Outcome invalid(RunJournal run, Batch batch, String item, InvalidationException answer) {
		if (CallerReference.isDerived(batch.callerReference())) {
			run.bisection().suspect(batch, item, answer.getMessage());
		}
		else {
			reject(run, batch, item, answer.getMessage());
		}
		return Outcome.SETTLED;
	}

	/**
	 * Reject the suspects whose fault is certain.
	 * @return whether to continue the search for invalid items; if all items are refused
	 * alike, the run has failed
	 */
	boolean settleSuspects(RunJournal run) {
		for (Suspect guilty : run.bisection().guilty(run.state())) {
			reject(run, guilty.batch(), guilty.item(), guilty.message());
		}
		Suspect innocent = run.bisection().innocent(run.state());
		if (innocent == null) {
			return true;
		}
		refuse(innocent.message());
		this.log.refusedAlike(run, innocent.batch(), innocent.message());
		giveUp(run, innocent.batch(), innocent.message());
		return false;
	}

	private void reject(RunJournal run, Batch batch, String item, String message) {
		RejectedPath rejected = new RejectedPath(item, "was rejected by CloudFront: " + message);
		this.log.rejected(item, rejected.reason());
		run.rejected(batch, rejected);
		run.forgetAttempts(batch);
	}

	private Outcome refused(RunJournal run, Batch batch, InvalidationException answer) {
		if (!this.clock.await(Duration.ZERO)) {
			// The client may have been closed, so this is left to another node
			return Outcome.ENDED;
		}
		refuse(answer.explanation());
		this.log.refused(run, batch, answer);
		return giveUp(run, batch, answer.getMessage());
	}

	private void refuse(String message) {
		this.mayBeRefused = true;
		this.lease.apply(new Step.Refuse(message));
	}

	private Outcome later(RunJournal run, Batch batch, InvalidationException answer) {
		Duration wait = run.attempts(batch).waitAfter(answer);
		if (isOver(run, wait)) {
			return givenUp(run, batch, answer.getMessage());
		}
		if (answer.hint() != null) {
			refuse(answer.explanation());
		}
		run.retried(answer.kind());
		this.log.notAccepted(run, batch, answer, wait);
		run.attempts(batch).dueAt(this.clock.instant().plus(wait));
		return Outcome.LATER;
	}

	private Outcome lookUp(RunJournal run, Batch batch, List<String> items, InvalidationException conflict) {
		this.log.notAccepted(run, batch, conflict, "Looking up the invalidation with this caller reference");
		run.retried(Kind.CONFLICT);
		try {
			Optional<String> found = this.context.client()
				.find(batch.callerReference(), items, run.run().requestedAt());
			if (found.isPresent()) {
				accept(run, batch, found.get(), items);
				return Outcome.SETTLED;
			}
		}
		catch (InvalidationException ex) {
			if (run.state().current(batch).unanswered() > 0) {
				// An earlier attempt may have been accepted. The next one gets the same
				// conflict
				run.unanswered(batch, ex.getMessage());
				boolean refused = ex.kind() == Kind.REFUSED || ex.kind() == Kind.DENIED;
				return refused ? refused(run, batch, ex) : later(run, batch, ex);
			}
			this.log.notLookedUp(run, batch, ex);
		}
		return rename(run, batch, items, conflict);
	}

	private Outcome rename(RunJournal run, Batch batch, List<String> items, InvalidationException conflict) {
		if (CallerReference.renames(batch.callerReference()) == MAX_RENAMES) {
			refuse(conflict.explanation());
			this.log.refused(run, batch, conflict);
			return giveUp(run, batch, conflict.getMessage());
		}
		Batch renamed = run.rename(batch, items);
		Attempts attempts = run.attempts(renamed);
		attempts.dueAt(this.clock.instant().plus(attempts.waitAfter(conflict)));
		this.log.renamed(run, batch, renamed, items.size());
		return Outcome.LATER;
	}

	/**
	 * End a batch whose run has reached its deadline.
	 */
	void giveUp(RunJournal run, Batch batch) {
		givenUp(run, batch, String.valueOf(batch.error()));
	}

	private Outcome givenUp(RunJournal run, Batch batch, String error) {
		this.log.givenUp(run, batch, error);
		return giveUp(run, batch, error);
	}

	private Outcome giveUp(RunJournal run, Batch batch, String error) {
		run.failed(error);
		if (run.state().current(batch).unanswered() > 0) {
			logger.warn("CloudFront may have accepted batch {} of run {}. The next run sends it first",
					batch.callerReference(), run.id());
		}
		else {
			run.kept(batch);
		}
		run.forgetAttempts(batch);
		return Outcome.ENDED;
	}

	private boolean isOver(RunJournal run, Duration wait) {
		Instant next = this.clock.instant().plus(wait);
		return next.isAfter(run.deadline());
	}

	/**
	 * Outcome of an attempt.
	 */
	enum Outcome {

		/**
		 * The batch needs no further attempt: it was accepted, halved or rejected.
		 */
		SETTLED,

		/**
		 * The batch is due again later.
		 */
		LATER,

		/**
		 * The run has failed, or this node has to leave it.
		 */
		ENDED

	}

}
