package io.github.cftracker.cloudfront;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * Failure of a call without a result.
 */
final class FailedCallException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final Outcome outcome;

	private final String code;

	private final int status;

	private final @Nullable Duration retryAfter;

	private final @Nullable String hint;

	private FailedCallException(Outcome outcome, String message, String code, int status, @Nullable Duration retryAfter,
			@Nullable String hint, @Nullable Throwable cause) {
		super(message, cause);
		this.outcome = outcome;
		this.code = code;
		this.status = status;
		this.retryAfter = retryAfter;
		this.hint = hint;
	}

	/**
	 * Create an exception for a call that was never made.
	 */
	static FailedCallException notMade(String message, @Nullable String hint, @Nullable Throwable cause) {
		return new FailedCallException(Outcome.NOT_MADE, message, "", 0, null, hint, cause);
	}

	/**
	 * Create an exception for a call without an answer of CloudFront.
	 */
	static FailedCallException unanswered(String message, @Nullable Duration retryAfter, @Nullable String hint,
			@Nullable Throwable cause) {
		return new FailedCallException(Outcome.UNKNOWN, message, "", 0, retryAfter, hint, cause);
	}

	/**
	 * Create an exception for an error in CloudFront's answer.
	 */
	static FailedCallException answered(String message, String code, AwsServiceException ex,
			@Nullable Duration retryAfter, @Nullable String hint, @Nullable Throwable cause) {
		Outcome outcome = ex.isThrottlingException() ? Outcome.THROTTLED
				: (ex.statusCode() < 500) ? Outcome.REFUSED : Outcome.UNKNOWN;
		return new FailedCallException(outcome, message, code, ex.statusCode(), retryAfter, hint, cause);
	}

	Outcome outcome() {
		return this.outcome;
	}

	/**
	 * Return the error code of CloudFront's answer.
	 * @return the code, empty if the answer is missing or not CloudFront's
	 */
	String code() {
		return this.code;
	}

	/**
	 * Return the status of CloudFront's answer.
	 * @return the status, 0 if the answer is missing or not CloudFront's
	 */
	int status() {
		return this.status;
	}

	@Nullable Duration retryAfter() {
		return this.retryAfter;
	}

	@Nullable String hint() {
		return this.hint;
	}

	/**
	 * Outcome of the call.
	 */
	enum Outcome {

		/**
		 * The call never reached the network.
		 */
		NOT_MADE,

		/**
		 * CloudFront has refused the call.
		 */
		REFUSED,

		/**
		 * CloudFront has refused the call because there were too many.
		 */
		THROTTLED,

		/**
		 * CloudFront may have carried out the call.
		 */
		UNKNOWN

	}

}
