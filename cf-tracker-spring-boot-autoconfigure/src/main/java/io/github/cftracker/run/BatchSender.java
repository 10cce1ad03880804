package io.github.cftracker.run;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import io.github.cftracker.Run.Batch;
import io.github.cftracker.Run.RejectedPath;
import io.github.cftracker.run.InvalidationException.Kind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends one frozen batch until it is settled. The same items go out under the same
 * reference however often it takes and whichever node does it, so that CloudFront bills
 * them once.
 * <ul>
 * <li>Too many in progress, throttling, server errors, lost connections: waits and tries
 * again, until the run is given up.</li>
 * <li>A bad item rejects the whole batch: halves it, under references that whoever
 * resumes derives alike, until the bad one stands alone.</li>
 * <li>A reference that was used before is looked up. It is never taken for success on
 * faith.</li>
 * <li>A batch that may have been accepted is never given back: it stays frozen, for the
 * next run to send it again under its reference.</li>
 * </ul>
 */
final class BatchSender {

	private static final Logger logger = LoggerFactory.getLogger(BatchSender.class);

	private final InvalidationClient client;

	private final Lease lease;

	private final Pacer pacer;

	private final InvalidationSettings settings;

	private final Pause pause;

	private final Clock clock;

	private final BatchLog log;

	BatchSender(InvalidationClient client, Lease lease, Pacer pacer, InvalidationSettings settings, Pause pause,
			Clock clock) {
		this.client = client;
		this.lease = lease;
		this.pacer = pacer;
		this.settings = settings;
		this.pause = pause;
		this.clock = clock;
		this.log = new BatchLog(settings.giveUpAfter());
	}

	/**
	 * Sends a batch.
	 * @param run the run it belongs to
	 * @param batch the batch, frozen
	 * @param items its items, in order
	 * @param deadline when to give up
	 * @return whether it makes sense to send other batches of the run
	 */
	boolean send(RunProgress run, Batch batch, List<String> items, Instant deadline) {
		RetryWaits waits = new RetryWaits(this.settings);
		while (this.pacer.await(batch)) {
			if (waits.isFirst()) {
				logger.info("Invalidating CloudFront... ({} paths)", items.size());
			}
			run.attempt(batch);
			if (!awaitSafety(run, batch, deadline)) {
				return false;
			}
			try {
				accept(run, batch, create(batch, items), items);
				return true;
			}
			catch (InvalidationException ex) {
				logger.debug("CloudFront did not accept batch {}", batch.callerReference(), ex);
				String error = String.valueOf(ex.getMessage());
				if (ex.isUnanswered()) {
					run.unanswered(batch, error);
					this.pacer.sent(batch);
				}
				else {
					run.refused(batch, error);
				}
				switch (ex.kind()) {
					case ITEMS -> {
						return halve(run, batch, items, deadline, ex);
					}
					case CONFLICT -> {
						run.retried(Kind.CONFLICT);
						this.log.notAccepted(run, batch, ex, "Looking up the invalidation with this caller reference");
						return lookUp(run, batch, items, deadline);
					}
					case REFUSED -> {
						if (!this.pause.await(Duration.ZERO)) {
							// The client may have been closed: whoever comes next tries
							return false;
						}
						this.lease.refusal(ex.explanation());
						this.log.refused(run, batch, ex);
						return giveUp(run, batch, error);
					}
					case BUSY, TEMPORARY -> {
						Duration wait = waits.next(ex.kind());
						if (isOver(deadline, wait)) {
							this.log.givenUp(run, batch, error);
							return giveUp(run, batch, error);
						}
						run.retried(ex.kind());
						this.log.notAccepted(run, batch, ex, wait);
						if (!this.pause.await(wait)) {
							return false;
						}
					}
				}
			}
		}
		return false;
	}

	/**
	 * A batch that a failover could take back would be sent again under another
	 * reference.
	 */
	private boolean awaitSafety(RunProgress run, Batch batch, Instant deadline) {
		boolean waiting = false;
		while (!run.isSafe(batch)) {
			String error = "Fewer replicas than 'cf.tracker.redis.wait-replicas' have stored the batch";
			if (!waiting) {
				this.log.waitsForReplicas(run, batch, error);
				waiting = true;
			}
			if (isOver(deadline, this.settings.pollInterval())) {
				run.refused(batch, error);
				this.log.givenUp(run, batch, error);
				return giveUp(run, batch, error);
			}
			if (!this.pause.await(this.settings.pollInterval())) {
				// Whoever comes next knows that it was not sent
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
			// Not CloudFront's answer, so nobody knows how far it came
			String message = (ex.getMessage() != null) ? ex.getMessage() : ex.toString();
			throw new InvalidationException(message, Kind.REFUSED, null, true, ex);
		}
	}

	private void accept(RunProgress run, Batch batch, String invalidationId, List<String> items) {
		logger.info("Success! 201");
		run.accepted(batch, invalidationId, items);
		this.log.accepted(run, batch);
		this.pacer.sent(batch);
		this.lease.refusal(null);
	}

	private boolean halve(RunProgress run, Batch batch, List<String> items, Instant deadline,
			InvalidationException answer) {
		if (items.size() == 1) {
			String reason = "was rejected by CloudFront: " + answer.getMessage();
			this.log.rejected(items.get(0), reason);
			run.rejected(batch, new RejectedPath(items.get(0), reason));
			return true;
		}
		run.retried(Kind.ITEMS);
		this.log.notAccepted(run, batch, answer, "Sending it in two halves to find the invalid item");
		List<Batch> halves = run.split(batch, items);
		int middle = halves.get(0).items();
		return send(run, halves.get(0), items.subList(0, middle), deadline)
				&& send(run, halves.get(1), items.subList(middle, items.size()), deadline);
	}

	private boolean lookUp(RunProgress run, Batch batch, List<String> items, Instant deadline) {
		RetryWaits waits = new RetryWaits(this.settings);
		while (true) {
			try {
				Optional<String> invalidationId = this.client.find(batch.callerReference(), items, run.requestedAt());
				if (invalidationId.isPresent()) {
					accept(run, batch, invalidationId.get(), items);
					return true;
				}
				this.log.billedTwice(run, batch, items.size());
				return send(run, run.rename(batch, items), items, deadline);
			}
			catch (InvalidationException ex) {
				String error = String.valueOf(ex.getMessage());
				// Until it is looked up, nobody knows
				run.attempt(batch);
				run.unanswered(batch, error);
				if (ex.kind() == Kind.REFUSED) {
					this.lease.refusal(ex.explanation());
					this.log.refused(run, batch, ex);
					return giveUp(run, batch, error);
				}
				Duration wait = waits.next(ex.kind());
				if (isOver(deadline, wait)) {
					this.log.givenUp(run, batch, error);
					return giveUp(run, batch, error);
				}
				run.retried(ex.kind());
				this.log.notLookedUp(run, batch, ex, wait);
				if (!this.pause.await(wait)) {
					return false;
				}
			}
		}
	}

	private static boolean giveUp(RunProgress run, Batch batch, String error) {
		run.failed(error);
		if (run.current(batch).unanswered() > 0) {
			logger.warn("CloudFront may have accepted batch {} of run {}. The next run sends it first",
					batch.callerReference(), run.id());
		}
		else {
			run.kept(batch);
		}
		return false;
	}

	private boolean isOver(Instant deadline, Duration wait) {
		return this.clock.instant().plus(wait).isAfter(deadline);
	}

	/**
	 * Waits.
	 */
	@FunctionalInterface
	interface Pause {

		/**
		 * Waits for a time, or until this node has to leave the run.
		 * @param duration how long
		 * @return whether the time has passed
		 */
		boolean await(Duration duration);

	}

}
