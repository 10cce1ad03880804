package io.github.cftracker.cloudfront;

import java.io.Serializable;
import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Failure of a call without a result.
 */
final class FailedCallException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final Outcome outcome;

	private final ErrorAnswer answer;

	private final @Nullable String hint;

	FailedCallException(Outcome outcome, String message, ErrorAnswer answer, @Nullable String hint,
			@Nullable Throwable cause) {
		super(message, cause);
		this.outcome = outcome;
		this.answer = answer;
		this.hint = hint;
	}

	/**
	 * Create an exception for a call that was never made.
	 */
	static FailedCallException notMade(String message, @Nullable String hint, @Nullable Throwable cause) {
		return new FailedCallException(Outcome.NOT_MADE, message, ErrorAnswer.NONE, hint, cause);
	}

	/**
	 * Create an exception for a call without an answer of CloudFront.
	 * @param retryAfter how long the answer of another server asks to wait
	 */
	static FailedCallException unanswered(String message, @Nullable Duration retryAfter, @Nullable String hint,
			@Nullable Throwable cause) {
		return new FailedCallException(Outcome.UNKNOWN, message, new ErrorAnswer("", 0, retryAfter), hint, cause);
	}

	Outcome outcome() {
		return this.outcome;
	}

	/**
	 * Return the error code of CloudFront's answer.
	 * @return the code, empty if the answer is missing or not CloudFront's
	 */
	String code() {
		return this.answer.code();
	}

	/**
	 * Return the status of CloudFront's answer.
	 * @return the status, 0 if the answer is missing or not CloudFront's
	 */
	int status() {
		return this.answer.status();
	}

	@Nullable Duration retryAfter() {
		return this.answer.retryAfter();
	}

	@Nullable String hint() {
		return this.hint;
	}

	/**
	 * Error in an answer.
	 *
	 * @param code the error code of CloudFront, empty if the answer is not CloudFront's
	 * @param status the HTTP status, 0 if the answer is not CloudFront's
	 * @param retryAfter how long to wait, {@code null} if the answer does not ask to
	 */
	record ErrorAnswer(String code, int status, @Nullable Duration retryAfter) implements Serializable {

		private static final ErrorAnswer NONE = new ErrorAnswer("", 0, null);

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
