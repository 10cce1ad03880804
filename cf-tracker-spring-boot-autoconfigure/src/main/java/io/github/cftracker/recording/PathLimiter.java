package io.github.cftracker.recording;

import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiPredicate;

import io.github.cftracker.Selection;
import io.github.cftracker.UrlStore;
import io.github.cftracker.distribution.DistributionDoctor;
import io.github.cftracker.distribution.FindingType;
import io.github.cftracker.distribution.Problem;
import io.github.cftracker.distribution.WildcardSafety;
import io.github.cftracker.text.LogText;
import io.github.cftracker.tracking.TrackingRules;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Limit of what clients can have tracked: a client that requests {@code /?x=1},
 * {@code /?x=2} and so on creates paths, and each is an item to pay for.
 * <p>
 * It counts the distinct paths of each route on this node. If a route has too many, a
 * wildcard of its longest safe prefix replaces its paths, tracked and new ones, for an
 * hour; then everything is counted again. If too many paths are tracked overall, the same
 * happens to the folder of a new path. Where no wildcard is safe, the new path is
 * dropped. Expired paths do not count, and if the store has lost more than half of its
 * paths, to a run, counting starts again.
 * <p>
 * A path that CloudFront does not accept as it is reaches this class as a wildcard. These
 * are counted separately: if a route has too many, one wildcard of their folder replaces
 * further ones, and exact paths stay as they are.
 * <p>
 * What it buys: one item, 0.005 USD, if a client requests a million query strings of a
 * page, instead of 5,000 USD. It costs 26 bytes of heap for each counted path.
 * <p>
 * Used by one thread at a time, except where a method says otherwise.
 */
final class PathLimiter {

	/**
	 * Maximum number of wildcards that replace paths.
	 */
	static final int MAX_WILDCARDS = Wildcards.MAX;

	/**
	 * Maximum number of wildcards of a route that CloudFront requires for single paths.
	 */
	static final int MAX_WIDENED = RoutePaths.MAX_WILDCARDS;

	private static final Logger logger = LoggerFactory.getLogger(PathLimiter.class);

	private static final long HOUR = 3_600_000;

	private static final String PART = "bound";

	private static final Problem DROPPED = new Problem(FindingType.PATHS_DROPPED,
			"Some paths are not tracked, because too many different paths were requested and no wildcard can safely "
					+ "replace them.",
			"Return 404 for pages that do not exist, exclude them with 'cf.tracker.tracking.exclude', or increase "
					+ "'cf.tracker.tracking.max-variants' and 'cf.tracker.tracking.max-paths'.");

	private static final Problem WIDENED_DROPPED = new Problem(FindingType.PATHS_DROPPED, "wildcards",
			"Some paths are not tracked, because CloudFront does not accept them as they are, for example with '~', "
					+ "their route already has %d wildcards for such paths, and no wildcard can safely replace more."
						.formatted(MAX_WIDENED),
			"Return 404 for such paths, exclude them with 'cf.tracker.tracking.exclude', or use links without these "
					+ "characters.");

	private final RoutePathsRegistry routes = new RoutePathsRegistry();

	private final Wildcards wildcards = new Wildcards();

	private final Wildcards widenedWildcards = new Wildcards();

	private final Queue<String> unreplaced = new ArrayDeque<>();

	private final AtomicLong folded = new AtomicLong();

	private final AtomicLong dropped = new AtomicLong();

	private final Map<Problem, Long> drops = new LinkedHashMap<>();

	private final UrlStore store;

	private final PathLimits limits;

	private final TrackingRules rules;

	private final DistributionDoctor doctor;

	private final WildcardReplacement replacement;

	private volatile long tracked = -1;

	/**
	 * Create a limiter.
	 * @param store counts what is tracked
	 * @param limits the maximum numbers
	 * @param rules decide which wildcards are safe
	 * @param doctor collects the findings about dropped paths
	 * @param replacement replaces paths that are tracked already
	 */
	PathLimiter(UrlStore store, PathLimits limits, TrackingRules rules, DistributionDoctor doctor,
			WildcardReplacement replacement) {
		this.store = store;
		this.limits = limits;
		this.rules = rules;
		this.doctor = doctor;
		this.replacement = replacement;
	}

	/**
	 * Return the wildcard that replaces a path at the moment. May be called by any
	 * thread.
	 * @return the wildcard, {@code null} if the path is tracked as it is
	 */
	@Nullable String replacementOf(String path) {
		String wildcard = covering(path);
		return (wildcard != null) ? counted(wildcard) : null;
	}

	private @Nullable String covering(String path) {
		String wildcard = this.wildcards.covering(path);
		return (wildcard == null && Selection.isWildcard(path)) ? this.widenedWildcards.covering(path) : wildcard;
	}

	/**
	 * Return the wildcard of a path's folder or page, for a path that has no room. May be
	 * called by any thread.
	 * @return the wildcard, or the path if it ends before the asterisk; {@code null} if
	 * no wildcard is safe
	 */
	@Nullable String wildcardAround(String path) {
		String prefix = Wildcards.prefixAround(path);
		return (prefix == null || !this.rules.safety().isSafe(prefix)) ? null : wildcardOrPath(prefix, path);
	}

	private static String wildcardOrPath(String prefix, String path) {
		return prefix.equals(path) ? path : prefix + '*';
	}

	/**
	 * Return what to track for a change.
	 * @param pending the change, which tracks a path
	 * @param now the time, in ms
	 * @param unwritten how many paths are about to be written
	 * @return the path, the wildcard that replaces it, or {@code null} to drop it
	 */
	@Nullable String admit(Pending pending, long now, int unwritten) {
		String path = pending.path();
		PendingChange change = pending.change();
		String wildcard = covering(path);
		if (wildcard != null) {
			return wildcard.equals(path) ? path : counted(wildcard);
		}
		if (this.wildcards.isBeside(path)) {
			return path;
		}
		RoutePaths route = this.routes.of(path, change.route());
		int expiry = seconds(change.trackUntil());
		if (route.renew(pending.fingerprint(), expiry)) {
			return path;
		}
		boolean widened = Selection.isWildcard(path);
		if (widened && change.isRequested() && route.hasMostWildcards(seconds(now))) {
			return replaceWidened(path, route, now);
		}
		boolean tooMany = !widened && change.isRequested() && route.size() >= this.limits.maxVariants();
		if (tooMany && route.beginReduction(now)
				&& (forgetLostPaths(route, now, unwritten) || replace(route, path, now))) {
			route.reduced();
			// The wildcard may be of another page of the route
			return admit(pending, now, unwritten);
		}
		if (!tooMany && this.tracked < this.limits.maxPaths()) {
			this.routes.add(route, pending, expiry, this.limits.maxPaths());
			return path;
		}
		String prefix = Wildcards.prefixAround(path);
		if (prefix == null || !replace(prefix, RoutePathsRegistry.folder(path), now)) {
			return drop(path, route, now, DROPPED);
		}
		return prefix.equals(path) ? path : counted(prefix + '*');
	}

	private String counted(String wildcard) {
		this.folded.incrementAndGet();
		return wildcard;
	}

	/**
	 * Forget the paths of a route that are no longer tracked.
	 * @return whether there is room again
	 */
	private boolean forgetLostPaths(RoutePaths route, long now, int unwritten) {
		route.removeExpired(seconds(now));
		if (route.size() >= this.limits.maxVariants()
				&& this.store.count() + unwritten < this.limits.maxVariants() / 2) {
			route.clear();
		}
		return route.size() < this.limits.maxVariants();
	}

	private @Nullable String replaceWidened(String path, RoutePaths route, long now) {
		String prefix = route.prefixOfWildcards(path);
		if (!add(this.widenedWildcards, prefix, now)) {
			prefix = Wildcards.prefixAround(path);
			if (prefix == null || !add(this.widenedWildcards, prefix, now)) {
				return drop(path, route, now, WIDENED_DROPPED);
			}
		}
		String wildcard = prefix + '*';
		logger.warn("More than {} different paths of '{}' were requested that CloudFront does not accept as they are, "
				+ "for example with '~', and each is tracked as a wildcard. '{}' is tracked instead of further ones. "
				+ "Exact paths stay as they are", MAX_WIDENED, LogText.clean(route.name()), LogText.clean(wildcard));
		return wildcard.equals(path) ? path : counted(wildcard);
	}

	private boolean replace(RoutePaths route, String path, long now) {
		String page = route.page();
		if (page != null && replace(page, route.name(), now)) {
			route.pageReplaced();
			return true;
		}
		String folder = route.folder(path);
		if (folder.length() > 1 && replace(folder, route.name(), now)) {
			route.clear();
			return true;
		}
		return false;
	}

	private boolean replace(String prefix, String route, long now) {
		if (!add(this.wildcards, prefix, now)) {
			return false;
		}
		this.unreplaced.add(prefix);
		logger.warn(
				"Too many different paths of '{}' were requested, so '{}*' is tracked instead "
						+ "('cf.tracker.tracking.max-variants' is {}, 'cf.tracker.tracking.max-paths' is {})",
				LogText.clean(route), LogText.clean(prefix), this.limits.maxVariants(), this.limits.maxPaths());
		return true;
	}

	private boolean add(Wildcards wildcards, String prefix, long now) {
		return prefix.length() <= Wildcards.MAX_PREFIX && this.rules.safety().isSafe(prefix)
				&& wildcards.add(prefix, now + HOUR);
	}

	private @Nullable String drop(String path, RoutePaths route, long now, Problem reason) {
		this.dropped.incrementAndGet();
		if (this.drops.put(reason, now) == null) {
			reportDrops();
		}
		logger.debug("Dropped '{}' of '{}'", path, route.name());
		return null;
	}

	private void reportDrops() {
		this.doctor.diagnosed(PART, this.drops.keySet());
	}

	/**
	 * Replace paths that are tracked already by a wildcard which covers them. Handles one
	 * wildcard at a time, because other paths wait to be written.
	 * @throws io.github.cftracker.StoreUnavailableException if the store is unavailable
	 */
	void replaceTracked() {
		String prefix = this.unreplaced.peek();
		if (prefix != null) {
			this.replacement.replace(prefix);
			this.unreplaced.remove();
		}
	}

	/**
	 * Return the prefixes of the wildcards that have not replaced tracked paths yet.
	 */
	List<String> unreplaced() {
		return List.copyOf(this.unreplaced);
	}

	/**
	 * Count what is tracked. Called about once a second.
	 * @param now the time, in ms
	 */
	void count(long now) {
		long tracked = this.store.count();
		if (tracked < this.tracked / 2) {
			// A run has claimed them
			this.routes.clear();
		}
		this.tracked = tracked;
		WildcardSafety safety = this.rules.safety();
		BiPredicate<String, Long> isOver = (prefix, until) -> until <= now || !safety.isSafe(prefix);
		boolean anyIsOver = this.wildcards.removeIf(isOver);
		anyIsOver |= this.widenedWildcards.removeIf(isOver);
		if (anyIsOver) {
			this.routes.clear();
		}
		this.routes.recount(seconds(now), this.limits.maxPaths());
		if (this.drops.values().removeIf((droppedAt) -> now - droppedAt > HOUR)) {
			reportDrops();
		}
	}

	/**
	 * Return how many paths are tracked. May be called by any thread.
	 * @return the last count, {@code -1} before the first
	 */
	long tracked() {
		return this.tracked;
	}

	/**
	 * Return how many times a wildcard replaced a path. May be called by any thread.
	 */
	long folded() {
		return this.folded.get();
	}

	/**
	 * Return how many times a path was dropped. May be called by any thread.
	 */
	long dropped() {
		return this.dropped.get();
	}

	private static int seconds(long millis) {
		return (int) Math.min(Integer.MAX_VALUE, millis / 1000 + 1);
	}

}
