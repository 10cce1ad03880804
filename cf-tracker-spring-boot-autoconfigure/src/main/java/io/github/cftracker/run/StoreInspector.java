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

}
