package io.github.cftracker.recording;

import java.util.Collection;
import java.util.OptionalLong;

import io.github.cftracker.PathLifetime;
import io.github.cftracker.UrlStore;

/**
 * A {@link UrlStore} on a server that may forget what it has acknowledged: after a
 * failover, or a restart from an older state. It numbers the writes of this node, so that
 * exactly those that were forgotten can be written again.
 */
public interface SequencedUrlStore extends UrlStore {

	/**
	 * The number of the last write that the server has acknowledged.
	 * @return the number, rising
	 */
	long acknowledged();

	/**
	 * Tracks paths as {@link #track} does, and asks the server for its state.
	 * @param paths the paths
	 * @return its state when it had taken some of them, and before it took any more
	 * @throws io.github.cftracker.StoreUnavailableException if it does not answer
	 */
	StoreVersion trackAndAsk(Collection<PathLifetime> paths);

	/**
	 * Asks the server for its state, and whether it has forgotten anything.
	 * @return its state, {@link StoreVersion#UNKNOWN} if nothing was ever written
	 * @throws io.github.cftracker.StoreUnavailableException if it does not answer
	 */
	StoreVersion ask();

	/**
	 * Tells whether the server has forgotten anything, which every write and every
	 * {@link #removeExpired()} finds out, whoever calls it. What was written since is to
	 * be written again too.
	 * @return the number of the last write that it still has, of all before it and none
	 * after it; empty if it has forgotten nothing since this was asked last
	 */
	OptionalLong takeLoss();

}
