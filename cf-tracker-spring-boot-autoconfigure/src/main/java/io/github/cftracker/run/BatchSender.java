package io.github.cftracker.run;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.github.cftracker.Run;
import io.github.cftracker.Run.Batch;
import io.github.cftracker.Run.RejectedPath;
import io.github.cftracker.run.Bisection.Suspect;
import io.github.cftracker.run.InvalidationException.Kind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends frozen batches, one attempt at a time, and decides what an answer means. The same
 * items go out under the same reference however often it takes and whichever node does
 * it, so that CloudFront bills them once.
 * <ul>
 * <li>Too many in progress, throttling, server errors, lost connections, and answers that
 * are not CloudFront's: the batch is due again later, until the deadline of its run.
 * Meanwhile other batches and runs go out.</li>
 * <li>A batch that is refused again and again for its size or rate, while nothing of ours
 * is in progress, is halved, and the size that CloudFront takes is remembered.</li>
 * <li>An invalid path rejects the whole batch, which is halved until the path stands
 * alone, see {@link Bisection}.</li>
 * <li>A reference that was used before is looked up. It is never taken for success on
 * faith. A batch gets another reference three times at most.</li>
 * <li>A batch that may have been accepted is never given back: it stays frozen, and the
 * next run sends it again under its reference.</li>
 * </ul>
 */
final class BatchSender {

	private static final Logger logger = LoggerFactory.getLogger(BatchSender.class);

	private static final int MAX_RENAMES = 3;

	private final Map<String, Attempts> attempts = new ConcurrentHashMap<>();

	private final Set<String> shrunk = ConcurrentHashMap.newKeySet();

	private final InvalidationClient client;

	private final Lease lease;

	private final QuotaRateLimiter pacer;

	private final InvalidationSettings settings;

	private final Pause pause;

	private final InstantSource time;

	private final BatchLog log;

	BatchSender(InvalidationClient client, Lease lease, QuotaRateLimiter pacer, InvalidationSettings settings,
			Pause pause, InstantSource time) {
		this.client = client;
		this.lease = lease;
		this.pacer = pacer;
		this.settings = settings;
		this.pause = pause;
		this.time = time;
		this.log = new BatchLog(settings.giveUpAfter());
	}

	/**
	 * Return whether the next attempt of a batch is due.
	 */
	boolean isDue(Batch batch) {
		Attempts attempts = this.attempts.get(batch.callerReference());
		return attempts == null || !this.time.instant().isBefore(attempts.due());
	}

	/**
	 * Forget the attempts of a run that has finished.
	 */
	void forget(Run run) {
		run.batches().forEach((batch) -> {
			this.attempts.remove(batch.callerReference());
			this.shrunk.remove(batch.callerReference());
		});
	}

	/**
	 * Make one attempt to send a batch.
	 * @param run the run it belongs to
	 * @param batch the batch, frozen
	 * @param items its items, in order
	 * @return what became of it
	 */
	Outcome send(RunProgress run, Batch batch, List<String> items) {
		Attempts attempts = attempts(batch);
		if (!this.pacer.await(batch, run.deadline())) {
			String error = run.current(batch).error();
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

	private Attempts attempts(Batch batch) {
		return this.attempts.computeIfAbsent(batch.callerReference(), (reference) -> new Attempts(this.settings));
	}

	/**
	 * A batch that a failover could take back would be sent again under another
	 * reference.
	 */
	private boolean awaitSafety(RunProgress run, Batch batch) {
		boolean waiting = false;
		while (!run.isSafe(batch)) {
			String error = "Fewer replicas than 'cf.tracker.redis.wait-replicas' have stored the batch";
			if (!waiting) {
				this.log.waitsForReplicas(run, batch, error);
				waiting = true;
			}
			if (isOver(run, this.settings.pollInterval())) {
				run.refused(batch, error);
				givenUp(run, batch, error);
				return false;
			}
			if (!this.pause.await(this.settings.pollInterval())) {
				// The next holder of the lease knows that it was not sent
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
			return this.client.create(batch.callerReference(), items);
		}
		catch (InvalidationException ex) {
			throw ex;
		}
		catch (RuntimeException | LinkageError ex) {
			// Not CloudFront's answer, so it is unknown how far the call came
			String message = (ex.getMessage() != null) ? ex.getMessage() : ex.toString();
			throw new InvalidationException(message, Kind.REFUSED, null, true, null, ex);
		}
	}

	private void accept(RunProgress run, Batch batch, String invalidationId, List<String> items) {
		logger.info("Success! 201");
		run.accepted(batch, invalidationId, items);
		this.log.accepted(run, batch);
		this.pacer.sent(batch);
		this.lease.refusal(null);
		this.attempts.remove(batch.callerReference());
		if (this.shrunk.remove(batch.callerReference())) {
			this.lease.limitBatches(this.lease.batchLimit().loweredTo(batch));
		}
	}

	private Outcome notAccepted(RunProgress run, Batch batch, List<String> items, InvalidationException answer) {
		if (answer.isUnanswered()) {
			run.unanswered(batch, answer.getMessage());
			this.pacer.sent(batch);
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
	 * A part of a batch that may have been accepted would be billed again. Of a batch
	 * that was halved before, only the smallest part is halved again, until CloudFront
	 * has taken one: where it refuses everything alike, the size is not at fault.
	 */
	private boolean isTooLarge(RunProgress run, Batch batch) {
		if (batch.items() == 1 || run.current(batch).unanswered() > 0 || !this.pacer.isNothingInProgress()) {
			return false;
		}
		return this.lease.batchLimit().isExceededBy(batch)
				|| (attempts(batch).isTooLarge() && run.isSmallestPart(batch));
	}

	private Outcome shrink(RunProgress run, Batch batch, List<String> items, InvalidationException answer) {
		Outcome outcome = halve(run, batch, items, answer, "Sending it in two halves, because it may be too large");
		this.shrunk.add(CallerReference.half(batch.callerReference(), 0));
		this.shrunk.add(CallerReference.half(batch.callerReference(), 1));
		return outcome;
	}

	private Outcome halve(RunProgress run, Batch batch, List<String> items, InvalidationException answer, String next) {
		run.retried(answer.kind());
		this.log.notAccepted(run, batch, answer, next);
		run.split(batch, items);
		run.bisection().halved(batch);
		this.attempts.remove(batch.callerReference());
		this.shrunk.remove(batch.callerReference());
		return Outcome.SETTLED;
	}

	private Outcome invalid(RunProgress run, Batch batch, String item, InvalidationException answer) {
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
	 * @return whether the search for invalid items may go on: where everything is refused
	 * alike, the run has failed
	 */
	boolean settleSuspects(RunProgress run) {
		for (Suspect guilty : run.bisection().guilty(run)) {
			reject(run, guilty.batch(), guilty.item(), guilty.message());
		}
		Suspect innocent = run.bisection().innocent(run);
		if (innocent == null) {
			return true;
		}
		this.lease.refusal(innocent.message());
		this.log.refusedAlike(run, innocent.batch(), innocent.message());
		giveUp(run, innocent.batch(), innocent.message());
		return false;
	}

	private void reject(RunProgress run, Batch batch, String item, String message) {
		RejectedPath rejected = new RejectedPath(item, "was rejected by CloudFront: " + message);
		this.log.rejected(item, rejected.reason());
		run.rejected(batch, rejected);
		this.attempts.remove(batch.callerReference());
	}

	private Outcome refused(RunProgress run, Batch batch, InvalidationException answer) {
		if (!this.pause.await(Duration.ZERO)) {
			// The client may have been closed: another node tries
			return Outcome.ENDED;
		}
		this.lease.refusal(answer.explanation());
		this.log.refused(run, batch, answer);
		return giveUp(run, batch, answer.getMessage());
	}

	private Outcome later(RunProgress run, Batch batch, InvalidationException answer) {
		Duration wait = attempts(batch).waitAfter(answer);
		if (isOver(run, wait)) {
			return givenUp(run, batch, answer.getMessage());
		}
		if (answer.hint() != null) {
			this.lease.refusal(answer.explanation());
		}
		run.retried(answer.kind());
		this.log.notAccepted(run, batch, answer, wait);
		attempts(batch).dueAt(this.time.instant().plus(wait));
		return Outcome.LATER;
	}

	private Outcome lookUp(RunProgress run, Batch batch, List<String> items, InvalidationException conflict) {
		this.log.notAccepted(run, batch, conflict, "Looking up the invalidation with this caller reference");
		run.retried(Kind.CONFLICT);
		try {
			Optional<String> found = this.client.find(batch.callerReference(), items, run.requestedAt());
			if (found.isPresent()) {
				accept(run, batch, found.get(), items);
				return Outcome.SETTLED;
			}
		}
		catch (InvalidationException ex) {
			if (run.current(batch).unanswered() > 0) {
				// An earlier attempt may have been accepted. The next one meets the
				// conflict again
				run.unanswered(batch, ex.getMessage());
				boolean refused = ex.kind() == Kind.REFUSED || ex.kind() == Kind.DENIED;
				return refused ? refused(run, batch, ex) : later(run, batch, ex);
			}
			this.log.notLookedUp(run, batch, ex);
		}
		return rename(run, batch, items, conflict);
	}

	private Outcome rename(RunProgress run, Batch batch, List<String> items, InvalidationException conflict) {
		if (CallerReference.renames(batch.callerReference()) == MAX_RENAMES) {
			this.lease.refusal(conflict.explanation());
			this.log.refused(run, batch, conflict);
			return giveUp(run, batch, conflict.getMessage());
		}
		Attempts attempts = attempts(batch);
		this.attempts.remove(batch.callerReference());
		Batch renamed = run.rename(batch, items);
		this.attempts.put(renamed.callerReference(), attempts);
		attempts.dueAt(this.time.instant().plus(attempts.waitAfter(conflict)));
		this.log.renamed(run, batch, renamed, items.size());
		return Outcome.LATER;
	}

	/**
	 * End a batch whose run has reached its deadline.
	 */
	void giveUp(RunProgress run, Batch batch) {
		givenUp(run, batch, String.valueOf(batch.error()));
	}

	private Outcome givenUp(RunProgress run, Batch batch, String error) {
		this.log.givenUp(run, batch, error);
		return giveUp(run, batch, error);
	}

	private Outcome giveUp(RunProgress run, Batch batch, String error) {
		run.failed(error);
		if (run.current(batch).unanswered() > 0) {
			logger.warn("CloudFront may have accepted batch {} of run {}. The next run sends it first",
					batch.callerReference(), run.id());
		}
		else {
			run.kept(batch);
		}
		this.attempts.remove(batch.callerReference());
		return Outcome.ENDED;
	}

	private boolean isOver(RunProgress run, Duration wait) {
		Instant next = this.time.instant().plus(wait);
		return next.isAfter(run.deadline());
	}

	/**
	 * What became of an attempt.
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
