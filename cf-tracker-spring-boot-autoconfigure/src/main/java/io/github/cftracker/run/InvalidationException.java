package io.github.cftracker.run;

import java.time.Duration;

import io.github.cftracker.text.LogText;
import org.jspecify.annotations.Nullable;

/**
 * Failure of a call that CloudFront did not carry out, or whose outcome is unknown. The
 * message is the first line of CloudFront's message, without control characters. If a
 * signature is wrong, further lines hold the signed headers, including a session token.
 */
public class InvalidationException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final Kind kind;

	private final @Nullable String hint;

	private boolean unanswered;

	private @Nullable Duration retryAfter;

	/**
	 * Create a new exception.
	 * @param message CloudFront's message
	 * @param kind what to do about it
	 * @param cause the client's error, {@code null} where it may hold a secret
	 */
	public InvalidationException(String message, Kind kind, @Nullable Throwable cause) {
		this(message, kind, null, cause);
	}

	/**
	 * Create a new exception.
	 * @param message CloudFront's message
	 * @param kind what to do about it
	 * @param hint what an operator has to fix, without any secret
	 * @param cause the client's error, {@code null} where it may hold a secret
	 */
	public InvalidationException(String message, Kind kind, @Nullable String hint, @Nullable Throwable cause) {
		super(LogText.firstLine(message), cause);
		this.kind = kind;
		this.hint = hint;
		this.unanswered = kind == Kind.TEMPORARY;
	}

	/**
	 * Set whether CloudFront may have accepted the call anyway. By default, it may have
	 * if the error is {@linkplain Kind#TEMPORARY temporary}.
	 * @param unanswered whether that is possible
	 * @return this exception
	 */
	public InvalidationException unanswered(boolean unanswered) {
		this.unanswered = unanswered;
		return this;
	}

	/**
	 * Set how long the answer asks to wait before the next attempt.
	 * @param retryAfter the time, {@code null} if it does not ask
	 * @return this exception
	 */
	public InvalidationException retryAfter(@Nullable Duration retryAfter) {
		this.retryAfter = retryAfter;
		return this;
	}

	@Override
	public String getMessage() {
		return String.valueOf(super.getMessage());
	}

	/**
	 * Return whether CloudFront may have accepted the call anyway, because its answer is
	 * missing.
	 * @return whether that is possible
	 */
	public boolean isUnanswered() {
		return this.unanswered;
	}

	/**
	 * Return what to do about the error.
	 * @return the kind
	 */
	public Kind kind() {
		return this.kind;
	}

	/**
	 * Return what an operator has to fix.
	 * @return the hint, {@code null} if unknown
	 */
	public @Nullable String hint() {
		return this.hint;
	}

	/**
	 * Return how long the answer asks to wait before the next attempt.
	 * @return the time, {@code null} if it does not ask
	 */
	public @Nullable Duration retryAfter() {
		return this.retryAfter;
	}

	/**
	 * Return CloudFront's message and the hint, in one line.
	 * @return the line
	 */
	public String explanation() {
		return (this.hint != null) ? LogText.sentence(getMessage()) + " " + this.hint : getMessage();
	}

	/**
	 * Required reaction to an error.
	 *
	 * @see <a href=
	 * "https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_CreateInvalidation.html">CreateInvalidation</a>
	 */
	public enum Kind {

		/**
		 * One of the invalidation paths is invalid: parts of the list may be accepted.
		 */
		ITEMS,

		/**
		 * There are too many items: parts of the list may be accepted.
		 */
		SIZE,

		/**
		 * The caller reference was used before: look it up.
		 */
		CONFLICT,

		/**
		 * Nothing will be accepted until a setting or the code is fixed.
		 */
		REFUSED,

		/**
		 * A permission is missing.
		 */
		DENIED,

		/**
		 * The invalidation does not exist, or not yet.
		 */
		NOT_FOUND,

		/**
		 * Too many invalidations are in progress: wait long.
		 */
		BUSY,

		/**
		 * Too many calls or items per second: wait.
		 */
		THROTTLED,

		/**
		 * It may work soon. Whether CloudFront has accepted the call is unknown, unless
		 * the exception is {@linkplain #isUnanswered() answered}.
		 */
		TEMPORARY

	}

}
