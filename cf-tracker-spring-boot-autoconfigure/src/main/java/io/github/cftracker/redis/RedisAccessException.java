package io.github.cftracker.redis;

import java.util.regex.Pattern;

import io.lettuce.core.RedisCommandExecutionException;
import org.jspecify.annotations.Nullable;

import org.springframework.core.NestedExceptionUtils;

/**
 * Failure of a command. Its message is that of the server, or the innermost one of the
 * client. Unless the server refused the command, it may have been executed.
 */
final class RedisAccessException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/**
	 * Errors of the server, by the word with which they begin. Only Lettuce has an
	 * exception for them.
	 */
	private static final Pattern REFUSAL = Pattern.compile(
			"(ERR|NOPERM|NOAUTH|WRONGPASS|DENIED|READONLY|NOREPLICAS|MASTERDOWN|CLUSTERDOWN|CROSSSLOT|MOVED|ASK|"
					+ "TRYAGAIN|LOADING|BUSY|MISCONF|OOM|WRONGTYPE|NOSCRIPT|UNBLOCKED|EXECABORT|FENCED)( .*)?",
			Pattern.DOTALL);

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
	 * Create a failure from the exception of a client.
	 * @param ex the exception
	 * @param hint the fix in parentheses, or an empty text
	 * @return the failure
	 */
	static RedisAccessException of(Throwable ex, String hint) {
		Throwable innermost = NestedExceptionUtils.getMostSpecificCause(ex);
		String message = innermost.getClass().getSimpleName();
		for (Throwable cause = ex; cause != null; cause = cause.getCause()) {
			String text = cause.getMessage();
			// Netty appends the address to the message of the JDK
			message = (text != null && !message.startsWith(text)) ? text : message;
		}
		boolean refused = innermost instanceof RedisCommandExecutionException || REFUSAL.matcher(message).matches();
		return new RedisAccessException(message, refused, hint, ex);
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
