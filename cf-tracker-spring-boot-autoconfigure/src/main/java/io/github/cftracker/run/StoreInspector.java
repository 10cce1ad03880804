package io.github.cftracker.run;

import java.util.List;

/**
 * Inspector of the store's server and of settings that put tracked paths at risk. May
 * wait as long as the connection's timeouts allow.
 */
public interface StoreInspector {

	/**
	 * Inspect the server once. A server that does not answer is reported in the details,
	 * not as an exception.
	 * @return the condition of the server
	 */
	StoreCondition inspect();

	/**
	 * Return the warnings that nodes have logged and that are not resolved.
	 * @return the warnings, as they were logged
	 */
	default List<String> logged() {
		return List.of();
	}

	/**
	 * Record that a warning is logged, for all nodes and their restarts.
	 * @param kind the warning without its numbers
	 * @param warning the warning
	 * @return whether to log it: no node has logged this kind in the last days, or that
	 * is unknown
	 */
	default boolean recordLogged(String kind, String warning) {
		return true;
	}

	/**
	 * Record that a warning no longer applies, so that it is logged when it returns.
	 * @param kind the warning without its numbers
	 * @return whether to log it: no other node has recorded it before
	 */
	default boolean recordResolved(String kind) {
		return true;
	}

}
