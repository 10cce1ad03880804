package io.github.cftracker.run;

/**
 * Another node has taken over, or the store has forgotten the lease or a step taken with
 * it. Nothing was written.
 */
public class LeaseLostException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	/**
	 * Create a new exception.
	 */
	public LeaseLostException() {
		super("Another node took over, or the store lost recent writes of this node");
	}

}
