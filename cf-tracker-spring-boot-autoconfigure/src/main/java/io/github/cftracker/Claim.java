package io.github.cftracker;

import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/**
 * Tracked paths that were taken out of the {@link UrlStore} for a run. It survives the
 * node that made it: a claim that was neither closed nor renewed for
 * {@code cf.tracker.invalidation.lease} goes back to the tracked paths when the next one
 * is made.
 */
public interface Claim extends AutoCloseable {

	/**
	 * How many paths were claimed.
	 * @return the number at the time of the claim
	 */
	long size();

	/**
	 * Reads paths that are still claimed, in an order of its own, without removing them:
	 * it returns the same ones until they are forgotten or given back. A claim that is
	 * gone is an {@link IllegalStateException}, which fails the run.
	 * @param max how many at the most
	 * @return the paths, empty at the end
	 */
	List<TrackedPath> next(int max);

	/**
	 * Reads all that is still claimed, without removing it. The default reads it at once.
	 * @param action what to do with each path
	 */
	default void forEach(Consumer<TrackedPath> action) {
		next(Integer.MAX_VALUE).forEach(action);
	}

	/**
	 * Forgets claimed paths: CloudFront has accepted them.
	 * @param paths any number of claimed paths
	 */
	void forget(Collection<String> paths);

	/**
	 * Puts claimed paths back among the tracked ones, with what is left of their
	 * lifetime. Never shortens the lifetime of a path that was tracked again since, never
	 * revives one that was untracked since.
	 * @param paths any number of claimed paths
	 */
	void giveBack(Collection<String> paths);

	/**
	 * Says that the run is alive. Called at least three times in a lease, from a thread
	 * of its own, also while another method is being called.
	 */
	default void renew() {
	}

	/**
	 * Gives back whatever is left and ends the claim.
	 */
	@Override
	void close();

}
