package io.github.cftracker;

import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/**
 * Tracked paths that a run has taken out of the {@link UrlStore}. A claim outlives the
 * node that made it: if it was neither closed nor renewed for
 * {@code cf.tracker.invalidation.lease}, its paths are tracked again when the next claim
 * is made.
 */
public interface Claim extends AutoCloseable {

	/**
	 * Return the number of paths at the time of the claim.
	 * @return number of claimed paths
	 */
	long size();

	/**
	 * Return paths that are still claimed, in any order, without removing them: the same
	 * paths are returned until they are forgotten or given back.
	 * @param max maximum number of paths
	 * @return the paths, empty if none is left
	 * @throws IllegalStateException if the claim no longer exists, which fails the run
	 */
	List<TrackedPath> next(int max);

	/**
	 * Read all paths that are still claimed, without removing them. The default holds all
	 * of them in memory.
	 * @param action called for each path
	 */
	default void forEach(Consumer<TrackedPath> action) {
		next(Integer.MAX_VALUE).forEach(action);
	}

	/**
	 * Forget claimed paths that CloudFront has accepted.
	 * @param paths any number of claimed paths
	 */
	void forget(Collection<String> paths);

	/**
	 * Track claimed paths again, with the rest of their lifetime. Does not shorten the
	 * lifetime of a path that was tracked again in the meantime, and does not track a
	 * path that was untracked in the meantime.
	 * @param paths any number of claimed paths
	 */
	void giveBack(Collection<String> paths);

	/**
	 * Keep the claim from expiring. Called from a separate thread at least three times
	 * per lease, concurrently with the other methods.
	 */
	default void renew() {
	}

	/**
	 * Give back the paths that are left, and end the claim.
	 */
	@Override
	void close();

}
