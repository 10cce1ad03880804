package io.github.cftracker.redis;

import org.jspecify.annotations.Nullable;

/**
 * Failure of a command. Its message is that of the server or of the client's innermost
 * exception. Unless the server refused the command, it may have been executed.
 */
final class RedisAccessException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final boolean refused;

	private final String hint;

	/**
	 * Create a failure.
	 * @param message the message of the server or the client
	 * @param refused whether it is the server's
	 * @param hint the fix in parentheses, or an empty text
	 * @param cause the exception of the client
	 */
	RedisAccessException(@Nullable String message, boolean refused, String hint, @Nullable Throwable cause) {
		super(message, cause);
		this.refused = refused;
		this.hint = hint;
	}

	/**
	 * Return whether the server answered with an error.
	 */
	boolean isRefused() {
		return this.refused;
	}

	/**
	 * Return the fix in parentheses, or an empty text if it is unknown.
	 */
	String hint() {
		return this.hint;
	}

}
