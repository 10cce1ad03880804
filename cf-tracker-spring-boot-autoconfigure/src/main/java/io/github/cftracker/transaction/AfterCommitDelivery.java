package io.github.cftracker.transaction;

import java.time.Duration;

import io.github.cftracker.CloudFrontInvalidator;
import io.github.cftracker.InvalidationRequest;
import io.github.cftracker.run.HeldRequests;

import org.springframework.beans.factory.ObjectProvider;

/**
 * Delivery of requests to the invalidator, so that they are in the store when
 * {@link #accept} returns. Requests that are not accepted are kept in memory, merged, and
 * retried until they are. Only the log shows it. The process may end before.
 * <p>
 * While requests are kept, further ones join them: a store that hangs delays only the
 * requests that come before this is known.
 * <p>
 * A store that did not answer may have written the run, so a request may become two runs,
 * and its paths may be billed twice: that is better than a stale page. It is one more at
 * most, because a request is retried only after the store has answered a question.
 */
public final class AfterCommitDelivery implements RequestDelivery, AutoCloseable, HeldRequests {

	private final RequestSubmitter submitter;

	private final RetryQueue waiting;

	/**
	 * Create a delivery.
	 * @param invalidator receives requests
	 */
	public AfterCommitDelivery(ObjectProvider<CloudFrontInvalidator> invalidator) {
		this(invalidator, Duration.ofSeconds(1));
	}

	AfterCommitDelivery(ObjectProvider<CloudFrontInvalidator> invalidator, Duration firstWait) {
		this.submitter = new RequestSubmitter(invalidator);
		this.waiting = new RetryQueue(this.submitter, firstWait);
	}

	@Override
	public void accept(InvalidationRequest request) {
		if (!this.waiting.join(request)) {
			Throwable failure = this.submitter.submit(request);
			if (failure != null) {
				this.waiting.keep(request, failure);
			}
		}
	}

	@Override
	public boolean isWaiting() {
		return this.waiting.isAny();
	}

	/**
	 * Keep requests that are not accepted again, after a {@link #stop}.
	 */
	public void start() {
		this.waiting.start();
	}

	/**
	 * Make a last attempt if requests wait, and log those that are not delivered. Return
	 * when that is done, or after fifteen seconds. From now on no request is kept.
	 */
	public void stop() {
		this.waiting.stop();
	}

	@Override
	public void close() {
		stop();
	}

}
