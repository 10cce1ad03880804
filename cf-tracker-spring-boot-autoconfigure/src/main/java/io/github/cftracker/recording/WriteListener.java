package io.github.cftracker.recording;

import java.util.Collection;

import io.github.cftracker.PathLifetime;

/**
 * Listener for paths that the store tracks from now on.
 */
@FunctionalInterface
public interface WriteListener {

	/**
	 * Called after paths were written, by the thread that has written them.
	 * @param paths the paths as they were written
	 */
	void written(Collection<PathLifetime> paths);

}
