package io.github.cftracker.memory;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

import io.github.cftracker.Claim;
import io.github.cftracker.PathLifetime;
import io.github.cftracker.PathPatterns;
import io.github.cftracker.Selection;
import io.github.cftracker.TrackedPath;
import io.github.cftracker.UrlStore;
import io.github.cftracker.recording.KnownTags;
import org.jspecify.annotations.Nullable;

/**
 * {@link UrlStore} in the memory of this process, for a single node. Tracked paths are
 * lost at a restart.
 */
public class MemoryUrlStore implements UrlStore {

	private final Set<MemoryClaim> claims = new HashSet<>();

	private final Clock clock;

	private final PathPatterns patterns;

	private final long maxTagEntries;

	private TreeMap<String, MemoryPath> paths = new TreeMap<>();

	private long tagEntries;

	/**
	 * Create an empty store without support for patterns that keeps a million tags.
	 * @param clock the clock of the lifetimes
	 */
	public MemoryUrlStore(Clock clock) {
		this(clock, PathPatterns.UNKNOWN, 1_000_000);
	}

	/**
	 * Create an empty store.
	 * @param clock the clock of the lifetimes
	 * @param patterns the syntax of the patterns in a selection
	 * @param maxTagEntries maximum number of pairs of tag and path; beyond that a path is
	 * treated as if it had every tag
	 */
	public MemoryUrlStore(Clock clock, PathPatterns patterns, long maxTagEntries) {
		this.clock = clock;
		this.patterns = patterns;
		this.maxTagEntries = maxTagEntries;
	}

	@Override
	public synchronized void track(Collection<PathLifetime> paths) {
		paths.forEach((path) -> put(path.path(), new MemoryPath(expiry(path.lifetime()), path.route(), path.tags())));
	}

	private void put(String path, MemoryPath added) {
		MemoryPath before = this.paths.get(path);
		MemoryPath after = (before != null) ? before.and(added) : added;
		if (Selection.isWildcard(path) && path.indexOf('?') == -1) {
			// A wildcard may replace paths of several routes
			after = after.withAnyRoute();
		}
		this.tagEntries -= (before != null) ? KnownTags.count(before.tags()) : 0;
		if (KnownTags.count(after.tags()) > 1 && this.tagEntries + KnownTags.count(after.tags()) > this.maxTagEntries) {
			after = after.withAnyTag();
		}
		this.tagEntries += KnownTags.count(after.tags());
		this.paths.put(path, after);
	}

	private @Nullable MemoryPath take(String path) {
		MemoryPath taken = this.paths.remove(path);
		this.tagEntries -= (taken != null) ? KnownTags.count(taken.tags()) : 0;
		return taken;
	}

	@Override
	public synchronized void expire(Collection<PathLifetime> paths) {
		untrack(paths.stream().filter(PathLifetime::isOver).map(PathLifetime::path).toList());
		for (PathLifetime path : paths) {
			this.paths.computeIfPresent(path.path(),
					(key, known) -> isExpired(known.expiry()) ? known : known.until(expiry(path.lifetime())));
		}
	}

	@Override
	public synchronized void untrack(Collection<String> paths) {
		untrackNotFound(paths, PathLifetime.FOREVER);
	}

	@Override
	public synchronized List<String> untrackNotFound(Collection<String> paths, Duration minimumLifetime) {
		long limit = expiry(minimumLifetime);
		List<String> longer = new ArrayList<>();
		for (String path : paths) {
			MemoryPath known = take(path);
			if (known != null && known.expiry() > limit) {
				longer.add(path);
			}
		}
		this.claims.forEach((claim) -> claim.untracked(paths));
		return longer;
	}

	@Override
	public synchronized void fold(PathLifetime wildcard, Collection<String> paths) {
		for (String path : paths) {
			MemoryPath known = take(path);
			if (known != null) {
				put(wildcard.path(), known.folded());
			}
		}
	}

	@Override
	public synchronized long count() {
		removeExpired();
		return this.paths.size();
	}

	@Override
	public synchronized List<TrackedPath> scan(String prefix, int limit) {
		long now = this.clock.millis();
		List<TrackedPath> found = new ArrayList<>();
		Iterator<Map.Entry<String, MemoryPath>> entries = this.paths.tailMap(prefix).entrySet().iterator();
		while (entries.hasNext() && found.size() < limit) {
			Map.Entry<String, MemoryPath> entry = entries.next();
			if (!entry.getKey().startsWith(prefix)) {
				break;
			}
			if (entry.getValue().expiry() > now) {
				found.add(entry.getValue().described(entry.getKey()));
			}
		}
		return found;
	}

	@Override
	public synchronized Claim claim(String id, Selection selection) {
		removeExpired();
		Map<String, MemoryPath> claimed = new TreeMap<>();
		if (selection.isEverything()) {
			claimed = this.paths;
			this.paths = new TreeMap<>();
			this.tagEntries = 0;
		}
		else {
			for (String path : selected(selection)) {
				MemoryPath known = take(path);
				if (known != null) {
					claimed.put(path, known);
				}
			}
		}
		MemoryClaim claim = new MemoryClaim(this, claimed);
		this.claims.add(claim);
		return claim;
	}

	private List<String> selected(Selection selection) {
		if (selection.paths().size() == selection.exactPaths().size()
				&& new Selection(selection.paths()).equals(selection)) {
			return selection.paths();
		}
		Predicate<TrackedPath> selector = selection.selector(this.patterns);
		return this.paths.entrySet()
			.stream()
			.filter((entry) -> selector.test(entry.getValue().described(entry.getKey())))
			.map(Map.Entry::getKey)
			.toList();
	}

	@Override
	public boolean keepsRoutesAndTags() {
		return true;
	}

	@Override
	public synchronized void removeExpired() {
		List<String> expired = this.paths.entrySet()
			.stream()
			.filter((entry) -> isExpired(entry.getValue().expiry()))
			.map(Map.Entry::getKey)
			.toList();
		expired.forEach(this::take);
	}

	@Override
	public String name() {
		return "memory";
	}

	void giveBack(String path, MemoryPath known) {
		MemoryPath newer = take(path);
		put(path, known);
		if (newer != null) {
			put(path, newer);
		}
	}

	void end(MemoryClaim claim) {
		this.claims.remove(claim);
	}

	/**
	 * Return the number of pairs of tag and tracked path.
	 */
	synchronized long tagEntries() {
		return this.tagEntries;
	}

	boolean isExpired(long expiry) {
		return expiry <= this.clock.millis();
	}

	private long expiry(Duration lifetime) {
		return PathLifetime.isForever(lifetime) ? MemoryPath.NEVER : this.clock.millis() + lifetime.toMillis();
	}

}
