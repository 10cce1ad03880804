package io.github.cftracker.tracking;

import io.github.cftracker.StoreUnavailableException;

/**
 * The server of a {@link NumberedStore} has forgotten writes that it had acknowledged.
 */
public class RolledBackException extends StoreUnavailableException {

	private static final long serialVersionUID = 1L;

	private final long kept;

	/**
	 * Create a new exception.
	 * @param kept the number of the last write that it still has
	 */
	public RolledBackException(long kept) {
		super("The server has forgotten what it had acknowledged");
		this.kept = kept;
	}

	/**
	 * The last write of this node that the server still has. It has all before it, and
	 * none after it.
	 * @return its number
	 */
	public long kept() {
		return this.kept;
	}

}
