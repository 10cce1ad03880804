package io.github.cftracker.run;

import io.github.cftracker.StoreUnavailableException;
import org.jspecify.annotations.Nullable;

/**
 * Rejection of a call of the store that was not made, because too many other calls were
 * waiting. It certainly changed nothing.
 */
final class StoreBusyException extends StoreUnavailableException {

	private static final long serialVersionUID = 1L;

	StoreBusyException(String message, @Nullable Throwable cause) {
		super(message);
		initCause(cause);
	}

}
