package io.github.cftracker.run;

/**
 * CloudFront did not do what it was asked. The message is its own.
 */
public class InvalidationException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final Kind kind;

	/**
	 * Create a new exception.
	 * @param message CloudFront's message
	 * @param kind what to do about it
	 * @param cause the client's error
	 */
	public InvalidationException(String message, Kind kind, Throwable cause) {
		super(message, cause);
		this.kind = kind;
	}

	/**
	 * What to do about it.
	 * @return the kind
	 */
	public Kind kind() {
		return this.kind;
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
