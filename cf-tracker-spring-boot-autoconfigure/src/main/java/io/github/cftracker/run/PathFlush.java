package io.github.cftracker.run;

/**
 * Write access to the paths that this node has recorded and the store does not have yet.
 */
@FunctionalInterface
public interface PathFlush {

	/**
	 * Write the recorded paths.
	 */
	void flush();

}
