package io.github.cftracker;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Store of tracked paths. A bean of this type replaces the one that
 * {@code cf.tracker.store} selects.
 * <p>
 * Methods are called on the tracker's threads only, so an implementation may block for a
 * while. It must be safe for use by several threads. Collections passed in have at most
 * 1,000 distinct elements. No method returns expired paths. Every method may throw
 * {@link StoreUnavailableException}. Nothing is lost then: the caller keeps its changes
 * and tries again.
 */
public interface UrlStore {

	/**
	 * Track paths. Tracking again renews a lifetime and never shortens it. A store that
	 * keeps routes and tags keeps the last known route and the tags of all responses, and
	 * adds {@link CacheTag#UNSENT} if these differ: another edge may hold the response
	 * that lacks a tag.
	 * @param paths the paths and how long from now each of them lives
	 */
	void track(Collection<PathLifetime> paths);

	/**
	 * Set the lifetime of tracked paths to exactly the given one. A lifetime of zero or
	 * less untracks the path. Paths that are not tracked are ignored.
	 * @param paths the paths and how long from now each of them lives
	 */
	void expire(Collection<PathLifetime> paths);

	/**
	 * Stop tracking paths. A claimed path that is untracked is still sent, but
	 * {@link Claim#giveBack} does not track it again.
	 * @param paths the paths
	 */
	void untrack(Collection<String> paths);

	/**
	 * Stop tracking paths that were answered with 404, as {@link #untrack} does, and
	 * return those that edge locations may still hold. The default returns none, so such
	 * paths are not reported as a finding.
	 * @param paths the paths
	 * @param minimumLifetime the remaining lifetime that a path must exceed to be
	 * returned
	 * @return the paths that were tracked and had a longer lifetime left, without paths
	 * that were only claimed
	 */
	default List<String> untrackNotFound(Collection<String> paths, Duration minimumLifetime) {
		untrack(paths);
		return List.of();
	}

	/**
	 * Replace tracked paths with a wildcard that
	 * {@linkplain Selection#covers(String, String) covers} them. Paths that are not
	 * tracked are ignored. A store should do this in one step, and give the wildcard the
	 * longest lifetime of the replaced paths, the tags of all of them and
	 * {@link CacheTag#UNSENT}. The default takes several steps and gives it every tag.
	 * @param wildcard the wildcard and its lifetime if the store does not know those of
	 * the paths
	 * @param paths the paths
	 */
	default void fold(PathLifetime wildcard, Collection<String> paths) {
		List<PathLifetime> tracked = List.of(new PathLifetime(wildcard.path(), wildcard.lifetime(), wildcard.age(),
				TrackedPath.ANY_ROUTE, Set.of(CacheTag.ANY)));
		track(tracked);
		untrack(paths);
		// Another node may have claimed it in between
		track(tracked);
	}

	/**
	 * Count the tracked paths, without claimed ones. Called about once a second.
	 * @return number of tracked paths
	 */
	long count();

	/**
	 * Return tracked paths that begin with a prefix, in no particular order.
	 * @param prefix the prefix, {@code /} for all
	 * @param limit maximum number of paths
	 * @return the paths, without claimed ones
	 */
	List<TrackedPath> scan(String prefix, int limit);

	/**
	 * Read all tracked paths, without claimed ones, in no particular order. A path that
	 * is tracked in the meantime may be left out, or passed twice. The default holds all
	 * paths in memory.
	 * @param action called for each path
	 */
	default void forEach(Consumer<TrackedPath> action) {
		scan("/", Integer.MAX_VALUE).forEach(action);
	}

	/**
	 * Move the selected paths from the tracked paths into a claim. Paths that are tracked
	 * later are not part of the claim, even if their path is.
	 * @param id unique name of the claim
	 * @param selection what to claim, see {@link Selection#selector}
	 * @return the claim
	 */
	Claim claim(String id, Selection selection);

	/**
	 * Return whether the store keeps {@link PathLifetime#route()} and
	 * {@link PathLifetime#tags()}, and returns them with each {@link TrackedPath}.
	 * Otherwise requests by routes, or by tags that CloudFront does not know, are
	 * refused.
	 * @return whether routes and tags are kept
	 */
	default boolean keepsRoutesAndTags() {
		return false;
	}

	/**
	 * Free the memory of expired paths in small steps, and track the paths of abandoned
	 * claims again. Called about once a second.
	 */
	default void removeExpired() {
	}

	/**
	 * Return the name for logs and the endpoint.
	 * @return the name, for example {@code redis}
	 */
	default String name() {
		return getClass().getSimpleName();
	}

}
