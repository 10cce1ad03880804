package io.github.cftracker.run;

/**
 * Looks at the server that keeps what is tracked: what it is, and whether its settings
 * put that at risk. May wait for as long as the connection lets it.
 */
public interface StoreInspector {

	/**
	 * Looks once. A server that does not tell is no error: the details say so.
	 * @return what was seen
	 */
	StoreCondition inspect();

	/**
	 * Record that a warning is logged, for all nodes and their restarts.
	 * @param kind the warning without its numbers
	 * @return whether to log it: no node has logged this kind in the last days, or that
	 * is unknown
	 */
	default boolean recordLogged(String kind) {
		return true;
	}

	/**
	 * Record that a warning no longer applies, so that it is logged when it returns.
	 * @param kind the warning without its numbers
	 */
	default void recordResolved(String kind) {
	}

}
