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

	BatchSender(InvalidationClient client, Lease lease, Pacer pacer, InvalidationSettings settings, Pause pause,
			Clock clock) {
		this.client = client;
		this.lease = lease;
		this.pacer = pacer;
		this.settings = settings;
		this.pause = pause;
		this.clock = clock;
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
				logger.error("{}", ex.getMessage());
				logger.debug("CloudFront did not accept batch '{}'", batch.callerReference(), ex);
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
						return halve(run, batch, items, deadline, error);
					}
					case CONFLICT -> {
						run.retried(Kind.CONFLICT);
						return lookUp(run, batch, items, deadline);
					}
					case REFUSED -> {
						if (!this.pause.await(Duration.ZERO)) {
							// The client may have been closed: whoever comes next tries
							return false;
						}
						writeDown(ex);
						return giveUp(run, batch, error);
					}
					case BUSY, TEMPORARY -> {
						Duration wait = waits.next(ex.kind());
						if (isOver(run, deadline, wait, batch)) {
							return giveUp(run, batch, error);
						}
						run.retried(ex.kind());
						if (!await(wait)) {
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
		boolean said = false;
		while (!run.isSafe(batch)) {
			String error = "Fewer than cf.tracker.redis.wait-replicas replicas have the batch";
			if (!said) {
				logger.warn("Batch '{}' is not sent yet: {}", batch.callerReference(), error);
				said = true;
			}
			if (isOver(run, deadline, this.settings.pollInterval(), batch)) {
				run.refused(batch, error);
				return giveUp(run, batch, error);
			}
			if (!this.pause.await(this.settings.pollInterval())) {
				// Whoever comes next knows that it was not sent
				run.refused(batch, error);
				return false;
			}
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
		this.pacer.sent(batch);
		this.lease.refusal(null);
	}

	private boolean halve(RunProgress run, Batch batch, List<String> items, Instant deadline, String error) {
		if (items.size() == 1) {
			run.rejected(batch, new RejectedPath(items.get(0), "was rejected by CloudFront: " + error));
			return true;
		}
		run.retried(Kind.ITEMS);
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
				logger.warn("CloudFront may have accepted batch '{}': its {} items may be billed twice",
						batch.callerReference(), items.size());
				return send(run, run.rename(batch, items), items, deadline);
			}
			catch (InvalidationException ex) {
				logger.error("{}", ex.getMessage());
				String error = String.valueOf(ex.getMessage());
				// Until it is looked up, nobody knows
				run.attempt(batch);
				run.unanswered(batch, error);
				if (ex.kind() == Kind.REFUSED) {
					writeDown(ex);
					return giveUp(run, batch, error);
				}
				Duration wait = waits.next(ex.kind());
				if (isOver(run, deadline, wait, batch)) {
					return giveUp(run, batch, error);
				}
				run.retried(ex.kind());
				if (!await(wait)) {
					return false;
				}
			}
		}
	}

	private void writeDown(InvalidationException refusal) {
		if (refusal.hint() != null) {
			logger.warn("{}", refusal.hint());
		}
		this.lease.refusal(refusal.explanation());
	}

	private static boolean giveUp(RunProgress run, Batch batch, String error) {
		run.failed(error);
		if (run.current(batch).unanswered() > 0) {
			logger.warn("CloudFront may have accepted batch '{}': the next run sends it first",
					batch.callerReference());
		}
		else {
			run.kept(batch);
		}
		return false;
	}

	private boolean isOver(RunProgress run, Instant deadline, Duration wait, Batch batch) {
		if (!this.clock.instant().plus(wait).isAfter(deadline)) {
			return false;
		}
		logger.error("Batch '{}' of run {} is given up after {}", batch.callerReference(), run.id(),
				this.settings.giveUpAfter());
		return true;
	}

	private boolean await(Duration wait) {
		logger.info("Trying again in {}", wait);
		return this.pause.await(wait);
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
