package io.github.cftracker.tracking;

import io.github.cftracker.UrlStore;

/**
 * A {@link UrlStore} on a server that may forget what it has acknowledged: after a
 * failover, or a restart from an older state. It numbers the writes of this node, so that
 * exactly those that were forgotten can be written again.
 * <p>
 * Every method may throw {@link RolledBackException}, once for each loss.
 */
public interface NumberedStore extends UrlStore {

	/**
	 * The number of the last write that the server has acknowledged.
	 * @return the number, rising
	 */
	long acknowledged();

}
