package io.github.cftracker.run;

import io.github.cftracker.StoreUnavailableException;
import org.jspecify.annotations.Nullable;

/**
 * A call of the store that was not made, because too many others were before it. It
 * certainly changed nothing.
 */
final class StoreBusyException extends StoreUnavailableException {

	private static final long serialVersionUID = 1L;

	StoreBusyException(String message, @Nullable Throwable cause) {
		super(message);
		initCause(cause);
	}

}
