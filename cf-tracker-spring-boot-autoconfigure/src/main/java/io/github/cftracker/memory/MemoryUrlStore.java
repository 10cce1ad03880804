package io.github.cftracker.memory;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import io.github.cftracker.Claim;
import io.github.cftracker.PathLifetime;
import io.github.cftracker.Selection;
import io.github.cftracker.TrackedPath;
import io.github.cftracker.UrlStore;

/**
 * A {@link UrlStore} in the memory of this process: for one node, and lost at a restart.
 */
public final class MemoryUrlStore implements UrlStore {

	private static final long NEVER = Long.MAX_VALUE;

	private final Set<MemoryClaim> claims = new HashSet<>();

	private final Clock clock;

	private TreeMap<String, Long> paths = new TreeMap<>();

	/**
	 * Create an empty store.
	 * @param clock what lifetimes go by
	 */
	public MemoryUrlStore(Clock clock) {
		this.clock = clock;
	}

	@Override
	public synchronized void track(Collection<PathLifetime> paths) {
		paths.forEach((path) -> this.paths.merge(path.path(), expiry(path), Math::max));
	}

	@Override
	public synchronized void expire(Collection<PathLifetime> paths) {
		untrack(paths.stream().filter(PathLifetime::isOver).map(PathLifetime::path).toList());
		for (PathLifetime path : paths) {
			this.paths.computeIfPresent(path.path(), (key, expiry) -> isExpired(expiry) ? null : expiry(path));
		}
	}

	@Override
	public synchronized void untrack(Collection<String> paths) {
		paths.forEach(this.paths::remove);
		this.claims.forEach((claim) -> claim.untracked(paths));
	}

	@Override
	public synchronized void fold(PathLifetime wildcard, Collection<String> paths) {
		for (String path : paths) {
			Long expiry = this.paths.remove(path);
			if (expiry != null) {
				this.paths.merge(wildcard.path(), expiry, Math::max);
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
		Iterator<Map.Entry<String, Long>> entries = this.paths.tailMap(prefix).entrySet().iterator();
		while (entries.hasNext() && found.size() < limit) {
			Map.Entry<String, Long> entry = entries.next();
			if (!entry.getKey().startsWith(prefix)) {
				break;
			}
			if (entry.getValue() > now) {
				Instant expiresAt = (entry.getValue() == NEVER) ? null : Instant.ofEpochMilli(entry.getValue());
				found.add(new TrackedPath(entry.getKey(), expiresAt));
			}
		}
		return found;
	}

	@Override
	public synchronized Claim claim(String id, Selection selection) {
		removeExpired();
		Map<String, Long> claimed = new TreeMap<>();
		if (selection.isEverything()) {
			claimed = this.paths;
			this.paths = new TreeMap<>();
		}
		else {
			for (String path : selection.exactPaths()) {
				Long expiry = this.paths.remove(path);
				if (expiry != null) {
					claimed.put(path, expiry);
				}
			}
			for (String prefix : selection.prefixes()) {
				Map<String, Long> below = this.paths.subMap(prefix, prefix + Character.MAX_VALUE);
				claimed.putAll(below);
				below.clear();
			}
		}
		MemoryClaim claim = new MemoryClaim(this, claimed);
		this.claims.add(claim);
		return claim;
	}

	@Override
	public synchronized void removeExpired() {
		long now = this.clock.millis();
		this.paths.values().removeIf((expiry) -> expiry <= now);
	}

	@Override
	public String name() {
		return "memory";
	}

	void giveBack(String path, long expiry) {
		this.paths.merge(path, expiry, Math::max);
	}

	void end(MemoryClaim claim) {
		this.claims.remove(claim);
	}

	boolean isExpired(long expiry) {
		return expiry <= this.clock.millis();
	}

	private long expiry(PathLifetime path) {
		return path.isForever() ? NEVER : this.clock.millis() + path.lifetime().toMillis();
	}

}
