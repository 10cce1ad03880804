package io.github.cftracker.run;

import io.github.cftracker.text.LogText;
import org.jspecify.annotations.Nullable;

/**
 * CloudFront did not do what it was asked. The message is its own.
 */
public class InvalidationException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final Kind kind;

	private final @Nullable String hint;

	private final boolean unanswered;

	/**
	 * Create a new exception.
	 * @param message CloudFront's message
	 * @param kind what to do about it
	 * @param cause the client's error
	 */
	public InvalidationException(String message, Kind kind, Throwable cause) {
		this(message, kind, null, cause);
	}

	/**
	 * Create a new exception.
	 * @param message CloudFront's message
	 * @param kind what to do about it
	 * @param hint what somebody has to mend, without any secret
	 * @param cause the client's error, {@code null} where it may hold a secret
	 */
	public InvalidationException(String message, Kind kind, @Nullable String hint, @Nullable Throwable cause) {
		this(message, kind, hint, kind == Kind.TEMPORARY, cause);
	}

	/**
	 * Create a new exception.
	 * @param message CloudFront's message
	 * @param kind what to do about it
	 * @param hint what somebody has to mend, without any secret
	 * @param unanswered whether CloudFront may have accepted the call all the same
	 * @param cause the client's error, {@code null} where it may hold a secret
	 */
	public InvalidationException(String message, Kind kind, @Nullable String hint, boolean unanswered,
			@Nullable Throwable cause) {
		super(message, cause);
		this.kind = kind;
		this.hint = hint;
		this.unanswered = unanswered;
	}

	/**
	 * Whether CloudFront may have accepted the call all the same: the answer, or that of
	 * an earlier attempt within the same call, is missing.
	 * @return whether that is possible
	 */
	public boolean isUnanswered() {
		return this.unanswered;
	}

	/**
	 * What to do about it.
	 * @return the kind
	 */
	public Kind kind() {
		return this.kind;
	}

	/**
	 * What somebody has to mend.
	 * @return the hint, {@code null} if we know none
	 */
	public @Nullable String hint() {
		return this.hint;
	}

	/**
	 * CloudFront's message and the hint, in one line. What CloudFront says in further
	 * lines is left out: where a signature is wrong, these are the signed headers, with a
	 * session token among them.
	 * @return the line
	 */
	public String explanation() {
		return (this.hint != null) ? LogText.sentence(getMessage()) + " " + this.hint : LogText.firstLine(getMessage());
	}

	/**
	 * What to do about an error.
	 *
	 * @see <a href=
	 * "https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_CreateInvalidation.html">CreateInvalidation</a>
	 */
	public enum Kind {

		/**
		 * One of the items is at fault, or there are too many: parts of the list may be
		 * accepted.
		 */
		ITEMS,

		/**
		 * The caller reference was used before: look it up.
		 */
		CONFLICT,

		/**
		 * Nothing will be accepted until somebody mends a permission, a setting or our
		 * code.
		 */
		REFUSED,

		/**
		 * Too many invalidations are in progress: wait long.
		 */
		BUSY,

		/**
		 * It may work soon. Whether CloudFront has accepted the call is not known.
		 */
		TEMPORARY

	}

}
