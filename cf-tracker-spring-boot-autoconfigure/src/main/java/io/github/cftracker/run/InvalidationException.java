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
	 */
	public enum Kind {

		/**
		 * This list of items is at fault: another one may be accepted.
		 */
		ITEMS,

		/**
		 * Nothing will be accepted until somebody mends a permission or a setting.
		 */
		REFUSED,

		/**
		 * It may work later.
		 */
		TEMPORARY

	}

}
