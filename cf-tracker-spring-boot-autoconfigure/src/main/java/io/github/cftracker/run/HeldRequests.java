package io.github.cftracker.run;

/**
 * Requests of committed transactions that this node holds in memory until the store
 * accepts them.
 */
public interface HeldRequests {

	/**
	 * Return whether requests wait until the store accepts them.
	 * @return whether there are any
	 */
	boolean isWaiting();

}
