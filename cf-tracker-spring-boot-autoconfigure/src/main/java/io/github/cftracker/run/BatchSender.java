package io.github.cftracker.run;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import io.github.cftracker.Run.RejectedPath;
import io.github.cftracker.run.InvalidationException.Kind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends one frozen batch until it is settled. The same items go out under the same
 * reference however often it takes, so that CloudFront bills them once.
 * <ul>
 * <li>Too many in progress, throttling, server errors, lost connections: waits and tries
 * again, until the run is given up.</li>
 * <li>A bad item rejects the whole batch: halves it, under references that whoever
 * resumes derives alike ({@code <ref>.0}, {@code <ref>.1}), until the bad one stands
 * alone.</li>
 * <li>A reference that was used before is looked up. It is never taken for success on
 * faith.</li>
 * </ul>
 */
final class BatchSender {

	private static final Logger logger = LoggerFactory.getLogger(BatchSender.class);

	private final InvalidationClient client;

	private final InvalidationSettings settings;

	private final Pause pause;

	private final Clock clock;

	BatchSender(InvalidationClient client, InvalidationSettings settings, Pause pause, Clock clock) {
		this.client = client;
		this.settings = settings;
		this.pause = pause;
		this.clock = clock;
	}

	/**
	 * Sends a batch.
	 * @param run the run it belongs to
	 * @param callerReference its name
	 * @param items its items
	 * @param settlement told what becomes of them
	 * @return whether it makes sense to send other batches of the run
	 */
	boolean send(RunProgress run, String callerReference, List<String> items, Settlement settlement) {
		run.freeze(callerReference, items);
		logger.info("Invalidating CloudFront... ({} paths)", items.size());
		Instant firstAttempt = this.clock.instant();
		boolean unknown = false;
		while (true) {
			run.attempt(callerReference);
			try {
				accept(run, callerReference, create(callerReference, items), items, settlement);
				return true;
			}
			catch (InvalidationException ex) {
				logger.error("{}", ex.getMessage());
				logger.debug("CloudFront did not accept batch '{}'", callerReference, ex);
				run.error(callerReference, String.valueOf(ex.getMessage()));
				switch (ex.kind()) {
					case ITEMS -> {
						return halve(run, callerReference, items, settlement, ex);
					}
					case CONFLICT -> {
						return lookUp(run, callerReference, items, settlement, firstAttempt);
					}
					case REFUSED -> {
						return keep(run, callerReference, items, settlement, String.valueOf(ex.getMessage()));
					}
					case BUSY, TEMPORARY -> {
						unknown = unknown || ex.kind() == Kind.TEMPORARY;
						if (!waitAfter(ex, run, callerReference)) {
							if (unknown) {
								sayPossiblyBilledTwice(run, callerReference, items);
							}
							return keep(run, callerReference, items, settlement, String.valueOf(ex.getMessage()));
						}
					}
				}
			}
		}
	}

	private String create(String callerReference, List<String> items) {
		try {
			return this.client.create(callerReference, items);
		}
		catch (InvalidationException ex) {
			throw ex;
		}
		catch (RuntimeException | LinkageError ex) {
			// Not CloudFront's answer: the client could not be built, or is broken
			throw new InvalidationException(String.valueOf(ex.getMessage()), Kind.REFUSED, ex);
		}
	}

	private void accept(RunProgress run, String callerReference, String invalidationId, List<String> items,
			Settlement settlement) {
		logger.info("Success! 201");
		run.accepted(callerReference, invalidationId, items);
		settlement.accepted(items);
	}

	private boolean halve(RunProgress run, String callerReference, List<String> items, Settlement settlement,
			InvalidationException ex) {
		if (items.size() == 1) {
			run.rejected(callerReference,
					List.of(new RejectedPath(items.get(0), "was rejected by CloudFront: " + ex.getMessage())));
			settlement.rejected(items);
			return true;
		}
		run.split(callerReference);
		int middle = items.size() / 2;
		boolean goOn = send(run, callerReference + ".0", items.subList(0, middle), settlement);
		if (!goOn) {
			settlement.kept(items.subList(middle, items.size()));
			return false;
		}
		return send(run, callerReference + ".1", items.subList(middle, items.size()), settlement);
	}

	private boolean lookUp(RunProgress run, String callerReference, List<String> items, Settlement settlement,
			Instant since) {
		while (true) {
			try {
				Optional<String> invalidationId = this.client.find(callerReference, items, since);
				if (invalidationId.isPresent()) {
					accept(run, callerReference, invalidationId.get(), items, settlement);
					return true;
				}
				sayPossiblyBilledTwice(run, callerReference, items);
				return send(run, callerReference + ".r", items, settlement);
			}
			catch (InvalidationException ex) {
				run.error(callerReference, String.valueOf(ex.getMessage()));
				run.attempt(callerReference);
				if (ex.kind() == Kind.REFUSED || !waitAfter(ex, run, callerReference)) {
					return keep(run, callerReference, items, settlement, String.valueOf(ex.getMessage()));
				}
			}
		}
	}

	private static void sayPossiblyBilledTwice(RunProgress run, String callerReference, List<String> items) {
		logger.warn("CloudFront may have accepted batch '{}': its {} items may be billed twice", callerReference,
				items.size());
		run.possiblyBilledTwice(callerReference, items.size());
	}

	private static boolean keep(RunProgress run, String callerReference, List<String> items, Settlement settlement,
			String error) {
		run.failed(callerReference, error);
		settlement.kept(items);
		return false;
	}

	private boolean waitAfter(InvalidationException ex, RunProgress run, String callerReference) {
		Backoff backoff = (ex.kind() == Kind.BUSY) ? this.settings.busy() : this.settings.retry();
		Duration wait = backoff.afterAttempt(run.attempts(callerReference));
		Instant end = run.requestedAt().plus(this.settings.giveUpAfter());
		if (this.clock.instant().plus(wait).isAfter(end)) {
			logger.error("Run {} is given up after {}, what was not sent is still tracked", run.id(),
					this.settings.giveUpAfter());
			return false;
		}
		logger.info("Trying again in {}", wait);
		return this.pause.await(wait);
	}

	/**
	 * What becomes of the items of a batch, part by part.
	 */
	interface Settlement {

		void accepted(List<String> items);

		void rejected(List<String> items);

		void kept(List<String> items);

	}

	/**
	 * Waits.
	 */
	@FunctionalInterface
	interface Pause {

		/**
		 * Waits for a time, or until the application stops.
		 * @param duration how long
		 * @return whether the time has passed
		 */
		boolean await(Duration duration);

	}

}
