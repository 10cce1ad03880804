package io.github.cftracker.recording;

import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import io.github.cftracker.PathLifetime;
import io.github.cftracker.UrlStore;
import io.github.cftracker.tracking.LifetimePolicy;
import org.jspecify.annotations.Nullable;

/**
 * The buffer between requests and the store.
 * <p>
 * A request touches one entry of a concurrent map and goes on; a flush writes what has
 * gathered in large commands. An entry leaves the map only after the store has taken it,
 * and only if nothing happened to its path meanwhile, so neither a failed write nor a
 * change during the write is lost. A path that was written before is left out only while
 * the store says that nothing was removed: a run may have claimed it since, on this node
 * or another, and what was rendered after the claim has to be tracked anew.
 * <p>
 * The map is bounded. For a path that finds it full a wildcard of its folder is tracked;
 * where none is safe, or there are too many of those, it is dropped and counted, and the
 * flusher says so: the alternative would be to let the request wait.
 */
public final class PathRecorder implements ResponseRecorder {

	private final ConcurrentHashMap<String, PendingChange> pending = new ConcurrentHashMap<>();

	private final AtomicLong dropped = new AtomicLong();

	private final AtomicLong overflowed = new AtomicLong();

	private final RecorderClock clock = new RecorderClock();

	private final FlushStatistics flushes = new FlushStatistics();

	private final LifetimePolicy lifetimes;

	private final int maxPending;

	private final PathLimiter bound;

	private final NotFoundPaths notFound;

	private final PendingWriter writer;

	/**
	 * Create a recorder that does not bound what is tracked.
	 * @param store where flushes go
	 * @param lifetimes the lifetime of a path that is tracked without one
	 * @param maxPending how many distinct paths may wait to be flushed
	 */
	public PathRecorder(UrlStore store, LifetimePolicy lifetimes, int maxPending) {
		this(store, lifetimes, maxPending, PathLimits.NONE, (paths) -> {
		});
	}

	/**
	 * Create a recorder that tells what it has written.
	 * @param store where flushes go
	 * @param lifetimes the lifetime of a path that is tracked without one
	 * @param maxPending how many distinct paths may wait to be flushed
	 * @param bounds how many paths may be tracked
	 * @param written told which paths the store now tracks
	 */
	public PathRecorder(UrlStore store, LifetimePolicy lifetimes, int maxPending, PathLimits bounds,
			Consumer<Collection<PathLifetime>> written) {
		this.lifetimes = lifetimes;
		this.maxPending = maxPending;
		this.bound = new PathLimiter(bounds);
		this.notFound = new NotFoundPaths(store, bounds.doctor());
		this.writer = new PendingWriter(store, this.pending, this.bound, new ReplayLog(maxPending), written, this.clock,
				this.notFound);
	}

	/**
	 * Track a path for the lifetime of a page without caching headers.
	 * @param path the path, beginning with {@code /}
	 */
	public void track(String path) {
		track(path, this.lifetimes.unknown());
	}

	/**
	 * Track a path for the given time.
	 * @param path the path, beginning with {@code /}
	 * @param ttl how long from now, more than zero
	 */
	public void track(String path, Duration ttl) {
		checkLifetime(path, ttl);
		record(path, PendingChange.track(this.clock.deadline(ttl)));
	}

	@Override
	public void track(String path, Duration ttl, long startedAt, @Nullable String route, Set<String> tags) {
		checkLifetime(path, ttl);
		String wildcard = this.bound.standIn(path);
		String place = (wildcard != null) ? wildcard : path;
		long until = this.clock.roughDeadline(ttl);
		long since = this.clock.millis(startedAt);
		Set<String> kept = tags.isEmpty() ? Set.of() : KnownTags.union(Set.copyOf(tags), Set.of());
		PendingChange waiting = this.pending.get(place);
		if (waiting == null || !waiting.stands(until, since, route, kept)) {
			record(place, PendingChange.track(until, since, route, kept));
		}
	}

	/**
	 * Set the lifetime of a tracked path.
	 * @param path the path, beginning with {@code /}
	 * @param ttl how long from now; zero or less untracks the path
	 */
	public void expire(String path, Duration ttl) {
		record(path, PendingChange.expire(this.clock.deadline(ttl)));
	}

	@Override
	public void untrack(String path) {
		record(path, PendingChange.untrack());
	}

	@Override
	public void untrackNotFound(String path) {
		record(path, PendingChange.notFound());
	}

	private static void checkLifetime(String path, Duration ttl) {
		if (ttl.isZero() || ttl.isNegative()) {
			throw new IllegalArgumentException(
					"The lifetime of '%s' must be positive, but is '%s'".formatted(path, ttl));
		}
	}

	private void record(String path, PendingChange change) {
		if (path.isEmpty() || path.charAt(0) != '/') {
			throw new IllegalArgumentException("Path must start with '/': '%s'".formatted(path));
		}
		String place = (this.pending.size() < this.maxPending || this.pending.containsKey(path)) ? path
				: placeInFullBuffer(path, change);
		if (place == null) {
			this.dropped.incrementAndGet();
			return;
		}
		if (!place.equals(path)) {
			this.overflowed.incrementAndGet();
		}
		this.pending.merge(place, change, PendingChange::then);
	}

	private @Nullable String placeInFullBuffer(String path, PendingChange change) {
		String wildcard = change.isRequested() ? this.bound.around(path) : null;
		boolean hasRoom = wildcard != null
				&& (this.pending.containsKey(wildcard) || this.pending.size() < this.maxPending + Wildcards.MAX);
		return hasRoom ? wildcard : null;
	}

	/**
	 * How many paths wait to be flushed.
	 * @return the number, on this node
	 */
	public int pending() {
		return this.pending.size();
	}

	/**
	 * How many paths found the buffer full, were refused by the store, or were too many
	 * to track.
	 * @return the number since the start, on this node
	 */
	public long dropped() {
		return this.dropped.get() + this.writer.refused() + this.bound.dropped();
	}

	/**
	 * How many times a wildcard was tracked in place of a path, because there were too
	 * many.
	 * @return the number since the start, on this node
	 */
	public long folded() {
		return this.bound.folded() + overflowed();
	}

	/**
	 * How many times that was because the buffer was full.
	 * @return the number since the start, on this node
	 */
	long overflowed() {
		return this.overflowed.get();
	}

	/**
	 * How many paths were written again because the store had forgotten them.
	 * @return the number since the start, on this node
	 */
	public long replayed() {
		return this.writer.replayed();
	}

	/**
	 * Return how many paths a 404 has untracked although edges may hold them for more
	 * than a minute.
	 * @return the number since the start, on this node
	 */
	public long untracked() {
		return this.notFound.held();
	}

	/**
	 * How many paths are tracked, on all nodes that share the store.
	 * @return the number when the store answered last, which is asked about once a
	 * second; -1 if it has not answered yet
	 */
	public long tracked() {
		return this.writer.tracked();
	}

	/**
	 * Lets what the store has forgotten wait to be written again.
	 * @return whether there was anything
	 */
	boolean replay() {
		return this.writer.replay();
	}

	/**
	 * Counts what is tracked. Called about once a second.
	 */
	void count() {
		this.writer.count();
	}

	/**
	 * Writes everything that waits. What could not be written still waits.
	 * @return whether there was anything, and so whether the store has answered
	 * @throws io.github.cftracker.StoreUnavailableException if the store does not answer
	 */
	public boolean flush() {
		return this.flushes.observe(this.writer::flush);
	}

	/**
	 * How the flushes went.
	 * @return the statistics, which go on counting
	 */
	public FlushStatistics flushes() {
		return this.flushes;
	}

}
