package io.github.cftracker.run;

import io.github.cftracker.StoreUnavailableException;

/**
 * Failure to read a run that exists in the ledger. Other runs may be readable.
 */
public final class UnreadableRunException extends StoreUnavailableException {

	private static final long serialVersionUID = 1L;

	/**
	 * Create a new exception.
	 * @param id the id of the run
	 * @param reason the reason, without secrets
	 */
	public UnreadableRunException(String id, String reason) {
		super("Run '%s' cannot be read. Another version of cf-tracker may have written it: %s".formatted(id, reason));
	}

}
