package io.github.cftracker;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Where tracked paths live. A bean of this type replaces the one that
 * {@code cf.tracker.store} selects.
 * <p>
 * Only called on threads of ours, so an implementation may block for a while. It must be
 * safe for use by several threads. Collections passed in hold at most 1,000 distinct
 * elements. Expired paths are never seen by anybody. Every method may throw
 * {@link StoreUnavailableException}, and then nothing is lost: the caller keeps what it
 * wanted to write and tries again.
 */
public interface UrlStore {

	/**
	 * Tracks paths. Tracking again renews a lifetime and never shortens it. A store that
	 * keeps routes and tags keeps the route that is known last and the tags of all
	 * responses, and adds {@link CacheTag#UNSENT} where these differ: another edge may
	 * have the one that lacks a tag.
	 * @param paths the paths and how long from now each of them lives
	 */
	void track(Collection<PathLifetime> paths);

	/**
	 * Sets the lifetime of those of the given paths that are tracked to exactly the given
	 * one. A lifetime of zero or less untracks the path.
	 * @param paths the paths and how long from now each of them lives
	 */
	void expire(Collection<PathLifetime> paths);

	/**
	 * Stops tracking paths. A claimed path that is untracked is still sent, but never
	 * comes back with {@link Claim#giveBack}.
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
	 * Replaces tracked paths by a wildcard that
	 * {@linkplain Selection#covers(String, String) covers} them. What is not tracked is
	 * left alone. A store should do it in one step, let the wildcard live as long as the
	 * longest of what it replaces, and have the tags of all and {@link CacheTag#UNSENT};
	 * the default does neither, and gives it every tag.
	 * @param wildcard the wildcard and how long from now it lives where the store cannot
	 * tell
	 * @param paths the paths
	 */
	default void fold(PathLifetime wildcard, Collection<String> paths) {
		List<PathLifetime> tracked = List.of(new PathLifetime(wildcard.path(), wildcard.lifetime(), wildcard.age(),
				TrackedPath.ANY_ROUTE, Set.of(CacheTag.ANY)));
		track(tracked);
		untrack(paths);
		// Somebody may have claimed it in between
		track(tracked);
	}

	/**
	 * Counts the tracked paths, without claimed ones. Called about once a second.
	 * @return how many there are
	 */
	long count();

	/**
	 * Lists tracked paths that begin with a prefix, in no particular order.
	 * @param prefix the prefix, {@code /} for all
	 * @param limit how many at the most
	 * @return the paths, without claimed ones
	 */
	List<TrackedPath> scan(String prefix, int limit);

	/**
	 * Reads all tracked paths, without claimed ones, in no particular order. One that is
	 * tracked meanwhile may be left out, or come twice. The default reads them at once.
	 * @param action what to do with each
	 */
	default void forEach(Consumer<TrackedPath> action) {
		scan("/", Integer.MAX_VALUE).forEach(action);
	}

	/**
	 * Takes the selected paths out of the tracked ones. Paths that are tracked from now
	 * on, the claimed ones included, are tracked anew and are not part of the claim.
	 * @param id a name for the claim, unique
	 * @param selection what to take, see {@link Selection#selector}
	 * @return the claim
	 */
	Claim claim(String id, Selection selection);

	/**
	 * Whether it keeps what {@link PathLifetime#route()} and {@link PathLifetime#tags()}
	 * say, so that {@link TrackedPath} says it too. A request to invalidate by routes, or
	 * by tags that are not CloudFront's own, is refused otherwise.
	 * @return whether it does
	 */
	default boolean keepsRoutesAndTags() {
		return false;
	}

	/**
	 * Frees the memory of expired paths in small steps, and tracks again what abandoned
	 * claims hold. Called about once a second.
	 */
	default void removeExpired() {
	}

	/**
	 * A word for logs and the endpoint.
	 * @return the name, for example {@code redis}
	 */
	default String name() {
		return getClass().getSimpleName();
	}

}
