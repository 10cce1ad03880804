package io.github.cftracker.recording;

/**
 * What a server says of itself with each answer to a write.
 *
 * @param lastRemoval changes whenever a tracked path may have been removed or have got a
 * shorter lifetime, or an invalidation was accepted, whoever did it
 * @param time the server's clock, in ms
 */
public record StoreVersion(long lastRemoval, long time) {

	/**
	 * Nothing was said yet.
	 */
	public static final StoreVersion UNKNOWN = new StoreVersion(-1, 0);

}
