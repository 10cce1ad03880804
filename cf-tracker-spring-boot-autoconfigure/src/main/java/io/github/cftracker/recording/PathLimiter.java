package io.github.cftracker.recording;

import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiPredicate;
import java.util.function.LongSupplier;

import io.github.cftracker.Selection;
import io.github.cftracker.distribution.FindingType;
import io.github.cftracker.distribution.Problem;
import io.github.cftracker.distribution.WildcardSafety;
import io.github.cftracker.text.LogText;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bounds what strangers can have tracked: whoever asks for {@code /?x=1}, {@code /?x=2}
 * and so on makes paths, and each costs money.
 * <p>
 * Counts the distinct paths of each route on this node. A route that has too many is
 * folded: a wildcard of its longest safe prefix stands for its paths, the tracked ones
 * and those to come, for an hour; then everything is counted anew. The same happens to
 * the folder of a new path when too many are tracked overall. Where no wildcard is safe
 * the new path is dropped. What has expired does not count, and when the store has lost
 * more than half of its paths, to a run, counting begins anew.
 * <p>
 * Wildcards that single paths are widened to, because CloudFront does not accept these as
 * they are, are bounded apart: where a route has too many, one wildcard of their folder
 * replaces further ones, and exact paths stay as they are.
 * <p>
 * Called by the flusher alone, except where it says otherwise.
 */
final class PathLimiter {

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
						.formatted(RoutePaths.MAX_WILDCARDS),
			"Return 404 for such paths, exclude them with 'cf.tracker.tracking.exclude', or use links without these "
					+ "characters.");

	private final RoutePathsRegistry groups = new RoutePathsRegistry();

	private final Wildcards wildcards = new Wildcards();

	private final Wildcards ofWildcards = new Wildcards();

	private final Queue<String> folds = new ArrayDeque<>();

	private final AtomicLong folded = new AtomicLong();

	private final AtomicLong dropped = new AtomicLong();

	private final PathLimits bounds;

	private long tracked;

	private final Map<Problem, Long> drops = new LinkedHashMap<>();

	PathLimiter(PathLimits bounds) {
		this.bounds = bounds;
	}

	/**
	 * The wildcard that stands for a path. May be called by any thread.
	 * @return the wildcard, {@code null} if the path stands for itself
	 */
	@Nullable String standIn(String path) {
		String wildcard = covering(path);
		return (wildcard != null) ? count(wildcard) : null;
	}

	private @Nullable String covering(String path) {
		String wildcard = this.wildcards.covering(path);
		return (wildcard == null && Selection.isWildcard(path)) ? this.ofWildcards.covering(path) : wildcard;
	}

	/**
	 * The wildcard of a path's surroundings, for a buffer that is full. May be called by
	 * any thread.
	 * @return the wildcard, or the path if it ends before the asterisk; {@code null} if
	 * no wildcard is safe
	 */
	@Nullable String around(String path) {
		String prefix = Wildcards.around(path);
		if (prefix == null || !this.bounds.safety().get().isSafe(prefix)) {
			return null;
		}
		return prefix.equals(path) ? path : prefix + '*';
	}

	/**
	 * Says as what a path is to be tracked.
	 * @param pending the path, and why it is to be tracked
	 * @param now the time, in ms
	 * @param count counts what is tracked at this moment, or about to be
	 * @return the path, the wildcard that stands for it, or {@code null} to drop it
	 */
	@Nullable String place(Pending pending, long now, LongSupplier count) {
		String path = pending.path();
		PendingChange change = pending.change();
		String wildcard = covering(path);
		if (wildcard != null) {
			return wildcard.equals(path) ? path : count(wildcard);
		}
		if (this.wildcards.isBeside(path)) {
			return path;
		}
		RoutePaths group = this.groups.of(path, change.route());
		long hash = pending.fingerprint();
		int expiry = seconds(change.trackUntil());
		if (group.renew(hash, expiry)) {
			return path;
		}
		boolean widened = Selection.isWildcard(path);
		if (widened && change.isRequested() && group.isFullOfWildcards(seconds(now))) {
			return placeWidened(path, group, now);
		}
		boolean isTooMuch = !widened && change.isRequested() && group.size() >= this.bounds.maxVariants();
		if (isTooMuch && group.isWorthALook(now) && (makesRoom(group, now, count) || fold(group, path, now))) {
			group.lookHelped();
			// It may be another page that was folded
			return place(pending, now, count);
		}
		if (!isTooMuch && this.tracked < this.bounds.maxPaths()) {
			this.groups.add(group, path, hash, expiry, this.bounds.maxPaths());
			return path;
		}
		String prefix = foldAround(path, now);
		if (prefix == null) {
			return drop(path, group, now, DROPPED);
		}
		return prefix.equals(path) ? path : count(prefix + '*');
	}

	private String count(String wildcard) {
		this.folded.incrementAndGet();
		return wildcard;
	}

	/**
	 * Looks whether the paths that were counted are still tracked.
	 */
	private boolean makesRoom(RoutePaths group, long now, LongSupplier count) {
		group.removeExpired(seconds(now));
		if (group.size() >= this.bounds.maxVariants() && count.getAsLong() < this.bounds.maxVariants() / 2) {
			group.clear();
		}
		return group.size() < this.bounds.maxVariants();
	}

	private @Nullable String placeWidened(String path, RoutePaths group, long now) {
		String prefix = group.placeOfWildcards(path);
		if (!add(this.ofWildcards, prefix, now)) {
			prefix = Wildcards.around(path);
			if (prefix == null || !add(this.ofWildcards, prefix, now)) {
				return drop(path, group, now, WIDENED_DROPPED);
			}
		}
		String wildcard = prefix + '*';
		logger.warn("More than {} different paths of '{}' were requested that CloudFront does not accept as they are, "
				+ "for example with '~', and each is tracked as a wildcard. '{}' is tracked instead of further ones. "
				+ "Exact paths stay as they are", RoutePaths.MAX_WILDCARDS, LogText.clean(group.name()),
				LogText.clean(wildcard));
		return wildcard.equals(path) ? path : count(wildcard);
	}

	private boolean fold(RoutePaths group, String path, long now) {
		String page = group.page();
		if (page != null && fold(page, group.name(), now)) {
			group.pageFolded();
			return true;
		}
		String folder = group.folder(path);
		if (folder.length() > 1 && fold(folder, group.name(), now)) {
			group.clear();
			return true;
		}
		return false;
	}

	private @Nullable String foldAround(String path, long now) {
		String prefix = Wildcards.around(path);
		return (prefix != null && fold(prefix, RoutePathsRegistry.folder(path), now)) ? prefix : null;
	}

	private boolean fold(String prefix, String group, long now) {
		if (!add(this.wildcards, prefix, now)) {
			return false;
		}
		this.folds.add(prefix);
		logger.warn(
				"Too many different paths of '{}' were requested, so '{}*' is tracked instead "
						+ "('cf.tracker.tracking.max-variants' is {}, 'cf.tracker.tracking.max-paths' is {})",
				LogText.clean(group), LogText.clean(prefix), this.bounds.maxVariants(), this.bounds.maxPaths());
		return true;
	}

	private boolean add(Wildcards wildcards, String prefix, long now) {
		return prefix.length() <= Wildcards.MAX_PREFIX && this.bounds.safety().get().isSafe(prefix)
				&& wildcards.add(prefix, now + HOUR);
	}

	private @Nullable String drop(String path, RoutePaths group, long now, Problem reason) {
		this.dropped.incrementAndGet();
		if (this.drops.put(reason, now) == null) {
			reportDrops();
		}
		logger.debug("Dropped '{}' of '{}'", path, group.name());
		return null;
	}

	private void reportDrops() {
		this.bounds.doctor().diagnosed(PART, this.drops.keySet());
	}

	/**
	 * The prefixes whose tracked paths are still to be replaced by their wildcard.
	 */
	Queue<String> folds() {
		return this.folds;
	}

	/**
	 * Called about once a second.
	 * @param tracked how many paths are tracked
	 * @param now the time, in ms
	 */
	void counted(long tracked, long now) {
		if (tracked < this.tracked / 2) {
			// A run has claimed them
			this.groups.clear();
		}
		this.tracked = tracked;
		WildcardSafety safety = this.bounds.safety().get();
		BiPredicate<String, Long> isOver = (prefix, until) -> until <= now || !safety.isSafe(prefix);
		boolean anyIsOver = this.wildcards.removeIf(isOver);
		anyIsOver |= this.ofWildcards.removeIf(isOver);
		if (anyIsOver) {
			this.groups.clear();
		}
		this.groups.recount(seconds(now), this.bounds.maxPaths());
		if (this.drops.values().removeIf((droppedAt) -> now - droppedAt > HOUR)) {
			reportDrops();
		}
	}

	/**
	 * How many times a wildcard stood for a path. May be called by any thread.
	 */
	long folded() {
		return this.folded.get();
	}

	/**
	 * How many times a path was dropped. May be called by any thread.
	 */
	long dropped() {
		return this.dropped.get();
	}

	private static int seconds(long millis) {
		return (int) Math.min(Integer.MAX_VALUE, millis / 1000 + 1);
	}

}
