package io.github.cftracker.recording;

/**
 * Version of the tracked paths that a server returns with each answer to a write.
 *
 * @param lastRemoval changes whenever any node may have removed a tracked path, shortened
 * its lifetime, or had an invalidation accepted
 * @param time the server's clock, in ms
 */
public record StoreVersion(long lastRemoval, long time) {

	/**
	 * The version before the first answer.
	 */
	public static final StoreVersion UNKNOWN = new StoreVersion(-1, 0);

}
