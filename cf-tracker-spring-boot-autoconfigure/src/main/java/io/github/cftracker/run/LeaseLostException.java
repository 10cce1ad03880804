package io.github.cftracker.run;

/**
 * Another node has taken over, or the lease is gone from the store. Nothing was written.
 */
public class LeaseLostException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/**
	 * Create a new exception.
	 */
	public LeaseLostException() {
		super("Another node has taken over, or the lease is gone");
	}

}
