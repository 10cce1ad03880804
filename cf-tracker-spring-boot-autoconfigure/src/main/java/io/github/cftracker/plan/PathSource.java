package io.github.cftracker.plan;

import java.util.function.Consumer;

/**
 * Where invalidation paths come from. It may be read more than once, in another order
 * each time, and may name a path twice; what it names must be the same each time.
 */
@FunctionalInterface
public interface PathSource {

	/**
	 * Names each path.
	 * @param action what is done with a path, on the calling thread
	 */
	void forEach(Consumer<String> action);

}
