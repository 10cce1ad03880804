package io.github.cftracker;

/**
 * Exception for a {@link UrlStore} that did not answer, or refused. Nothing was lost, and
 * the same call may succeed later.
 */
public class StoreUnavailableException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/**
	 * Create a new exception.
	 * @param message why it failed, without secrets
	 */
	public StoreUnavailableException(String message) {
		super(message);
	}

	/**
	 * Create a new exception.
	 * @param message what was tried and why it failed, without secrets
	 * @param cause the store's own error
	 */
	public StoreUnavailableException(String message, Throwable cause) {
		super(message, cause);
	}

}
