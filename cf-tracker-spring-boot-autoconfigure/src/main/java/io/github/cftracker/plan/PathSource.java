package io.github.cftracker.plan;

import java.util.function.Consumer;

/**
 * Source of invalidation paths. It may be read more than once. The order may differ and a
 * path may be repeated, but each reading must return the same paths.
 */
@FunctionalInterface
public interface PathSource {

	/**
	 * Pass each path to an action.
	 * @param action the action, called on the calling thread
	 */
	void forEach(Consumer<String> action);

}
