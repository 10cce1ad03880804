package io.github.cftracker.transaction;

import io.github.cftracker.CloudFrontInvalidator;
import io.github.cftracker.InvalidRequestException;
import io.github.cftracker.InvalidationRequest;
import io.github.cftracker.Trigger;
import io.github.cftracker.text.SelectionText;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.ObjectProvider;

/**
 * Submitter of requests to the invalidator. It returns failures that another attempt may
 * resolve, and logs those that it cannot.
 */
final class RequestSubmitter {

	private static final Logger logger = LoggerFactory.getLogger(RequestSubmitter.class);

	// Not an id of a run
	private static final String NO_RUN = "none";

	private final ObjectProvider<CloudFrontInvalidator> invalidator;

	RequestSubmitter(ObjectProvider<CloudFrontInvalidator> invalidator) {
		this.invalidator = invalidator;
	}

	/**
	 * Submit a request.
	 * @return why it was not accepted, {@code null} if no other attempt is needed
	 */
	@Nullable Throwable submit(InvalidationRequest request) {
		// The interrupt of a caller would end the wait for an answer that comes
		boolean interrupted = Thread.interrupted();
		try {
			this.invalidator.getObject().invalidate(request.withTrigger(Trigger.COMMIT));
			return null;
		}
		catch (InvalidRequestException ex) {
			// It would be rejected every time
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

	/**
	 * Submit a request if the store answers a question. A request whose answer was lost
	 * may have been accepted.
	 * @return why it was not accepted, {@code null} if no other attempt is needed
	 */
	@Nullable Throwable submitAgain(InvalidationRequest request) {
		try {
			this.invalidator.getObject().find(NO_RUN);
		}
		catch (RuntimeException | Error ex) {
			return ex;
		}
		return submit(request);
	}

}
