package io.github.cftracker.recording;

import java.util.Collection;
import java.util.OptionalLong;

import io.github.cftracker.PathLifetime;
import io.github.cftracker.UrlStore;

/**
 * {@link UrlStore} on a server that may lose acknowledged writes: in a failover, or if it
 * restarts from an older state. It numbers the writes of this node, so that exactly the
 * lost ones can be written again.
 */
public interface SequencedUrlStore extends UrlStore {

	/**
	 * Return the number of the last write that the server has acknowledged.
	 * @return the number, which increases
	 */
	long acknowledged();

	/**
	 * Track paths as {@link #track} does, and return the server's version.
	 * @param paths the paths
	 * @return the version after it has written the first of them, before it writes more
	 * @throws io.github.cftracker.StoreUnavailableException if it does not answer
	 */
	StoreVersion trackAndAsk(Collection<PathLifetime> paths);

	/**
	 * Return the server's version, and check whether it has lost writes.
	 * @return the version, {@link StoreVersion#UNKNOWN} if nothing was ever written
	 * @throws io.github.cftracker.StoreUnavailableException if it does not answer
	 */
	StoreVersion ask();

	/**
	 * Return what the server has lost since the last call. Every write and every
	 * {@link #removeExpired()} checks it, by any thread.
	 * @return the number of the last write that it still has: it has all writes before
	 * and none after it, so later ones have to be written again; empty if it has lost
	 * nothing
	 */
	OptionalLong takeLoss();

}
