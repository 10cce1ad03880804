package io.github.cftracker.run;

/**
 * Loss of the lease: another node has taken over, or the store has forgotten the lease or
 * a step of it. Nothing was written.
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
