package io.github.cftracker.recording;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;

/**
 * Bounded buffer of changes, one per path. A change leaves it only after the store has
 * taken it, and only if nothing happened to its path in the meantime: neither a failed
 * write nor a change during a write is lost. Safe for use by several threads, which do
 * not wait.
 * <p>
 * If it is full, a wildcard of its folder is tracked instead of a new path. Where none is
 * safe, or where there are too many of those, the path is dropped and counted: otherwise
 * the request would have to wait.
 */
final class PathBuffer {

	private final ConcurrentHashMap<String, PendingChange> changes = new ConcurrentHashMap<>();

	private final AtomicLong dropped = new AtomicLong();

	private final AtomicLong overflowed = new AtomicLong();

	private final RecorderClock clock = new RecorderClock();

	private final int max;

	private final PathLimiter limiter;

	/**
	 * Create a buffer.
	 * @param max the maximum number of paths, without wildcards that replace others
	 * @param limiter finds a wildcard for a path that has no room
	 */
	PathBuffer(int max, PathLimiter limiter) {
		this.max = max;
		this.limiter = limiter;
	}

	/**
	 * Return the clock of the changes: the time that a change waits counts as lived.
	 */
	RecorderClock clock() {
		return this.clock;
	}

	int max() {
		return this.max;
	}

	int size() {
		return this.changes.size();
	}

	Set<Map.Entry<String, PendingChange>> entries() {
		return this.changes.entrySet();
	}

	@Nullable PendingChange get(String path) {
		return this.changes.get(path);
	}

	/**
	 * Add a change to what already waits for its path.
	 */
	void add(String path, PendingChange change) {
		if (this.changes.size() < this.max || this.changes.containsKey(path)) {
			this.changes.merge(path, change, PendingChange::then);
			return;
		}
		String wildcard = change.isRequested() ? this.limiter.wildcardAround(path) : null;
		if (wildcard == null || !hasRoom(wildcard)) {
			this.dropped.incrementAndGet();
			return;
		}
		if (!wildcard.equals(path)) {
			this.overflowed.incrementAndGet();
		}
		this.changes.merge(wildcard, change, PendingChange::then);
	}

	private boolean hasRoom(String wildcard) {
		return this.changes.containsKey(wildcard) || this.changes.size() < this.max + PathLimiter.MAX_WILDCARDS;
	}

	/**
	 * Replace a change by one of the wildcard that is tracked instead of its path.
	 * @param pending the change
	 * @param wildcard the wildcard, {@code null} to drop the change
	 */
	void replace(Pending pending, @Nullable String wildcard) {
		if (wildcard != null) {
			this.changes.merge(wildcard, pending.change().folded(), PendingChange::then);
		}
		remove(pending);
	}

	/**
	 * Add changes that are older than those which wait.
	 * @param lost the changes by path
	 */
	void restore(Map<String, PendingChange> lost) {
		lost.forEach((path, change) -> this.changes.merge(path, change, (newer, older) -> older.then(newer)));
	}

	/**
	 * Remove a change, unless its path has another one by now.
	 */
	void remove(Pending pending) {
		this.changes.remove(pending.path(), pending.change());
	}

	/**
	 * Return how many paths were dropped.
	 */
	long dropped() {
		return this.dropped.get();
	}

	/**
	 * Return how many times a wildcard replaced a path.
	 */
	long overflowed() {
		return this.overflowed.get();
	}

}
