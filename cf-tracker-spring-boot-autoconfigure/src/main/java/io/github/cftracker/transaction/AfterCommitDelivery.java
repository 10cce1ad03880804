package io.github.cftracker.transaction;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.github.cftracker.CloudFrontInvalidator;
import io.github.cftracker.InvalidRequestException;
import io.github.cftracker.InvalidationRequest;
import io.github.cftracker.Trigger;
import io.github.cftracker.text.SelectionText;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands requests to the invalidator, so that they are in the store when {@link #accept}
 * returns. Those that it does not take are kept, folded into one, and offered again until
 * it takes them. Nobody hears of it but the log.
 * <p>
 * While some wait, further ones join them: a store that hangs costs only those some time
 * that come before it is known. What waits is in memory, and lost with the process.
 * <p>
 * A store that did not answer may have written the run all the same, so a request may
 * become two runs, and the paths that it names be billed twice: that is better than a
 * stale page. It is one more at the most, because a request is offered again only when
 * the store has answered a question.
 */
public final class AfterCommitDelivery implements Consumer<InvalidationRequest>, AutoCloseable {

	private static final Logger logger = LoggerFactory.getLogger(AfterCommitDelivery.class);

	// Not an id of a run
	private static final String NO_RUN = "none";

	private final Supplier<CloudFrontInvalidator> invalidator;

	private final RetryQueue waiting;

	/**
	 * Create a delivery.
	 * @param invalidator what to hand requests to, asked for with the first
	 */
	public AfterCommitDelivery(Supplier<CloudFrontInvalidator> invalidator) {
		this(invalidator, Duration.ofSeconds(1));
	}

	AfterCommitDelivery(Supplier<CloudFrontInvalidator> invalidator, Duration firstWait) {
		this.invalidator = invalidator;
		this.waiting = new RetryQueue(this::offerAgain, firstWait);
	}

	@Override
	public void accept(InvalidationRequest request) {
		if (!this.waiting.join(request)) {
			Throwable failure = offer(request);
			if (failure != null) {
				this.waiting.keep(request, failure);
			}
		}
	}

	private @Nullable Throwable offer(InvalidationRequest request) {
		// An interrupt of the caller's would end the wait for an answer that comes
		boolean interrupted = Thread.interrupted();
		try {
			this.invalidator.get().invalidate(request.withTrigger(Trigger.COMMIT));
			return null;
		}
		catch (InvalidRequestException ex) {
			// It would be refused every time
			logger.error("The invalidator rejected a request and nothing was invalidated for it: {}",
					SelectionText.of(request.selection()), ex);
			return null;
		}
		catch (RuntimeException | Error ex) {
			return ex;
		}
		finally {
			if (interrupted) {
				Thread.currentThread().interrupt();
			}
		}
	}

	private @Nullable Throwable offerAgain(InvalidationRequest request) {
		try {
			this.invalidator.get().find(NO_RUN);
		}
		catch (RuntimeException | Error ex) {
			return ex;
		}
		return offer(request);
	}

	/**
	 * Whether anything waits until the store takes it.
	 * @return whether there is something
	 */
	public boolean isWaiting() {
		return this.waiting.isAny();
	}

	/**
	 * Keeps requests again that are not taken, after a {@link #stop}.
	 */
	public void start() {
		this.waiting.start();
	}

	/**
	 * Makes one last attempt where something waits, and says what is not delivered.
	 * Returns when that is done, or after fifteen seconds. From now on nothing is kept.
	 */
	public void stop() {
		this.waiting.stop();
	}

	@Override
	public void close() {
		stop();
	}

}
