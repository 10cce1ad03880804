package io.github.cftracker.recording;

import java.time.Duration;
import java.util.Set;

import io.github.cftracker.UrlStore;
import io.github.cftracker.distribution.DistributionDoctor;
import io.github.cftracker.tracking.TrackingRules;
import org.jspecify.annotations.Nullable;

/**
 * Recorder of tracked paths. A request changes one entry of the {@link PathBuffer} and
 * does not wait; a flush writes what has gathered there in large commands.
 */
public final class PathRecorder implements ResponseRecorder {

	private final FlushStatistics flushes = new FlushStatistics();

	private final TrackingRules rules;

	private final PathLimiter limiter;

	private final PathBuffer buffer;

	private final NotFoundPaths notFound;

	private final PendingWriter writer;

	/**
	 * Create a recorder.
	 * @param store what flushes write to
	 * @param limits the maximum numbers of paths
	 * @param rules determine the lifetime of a path that is tracked without one, and
	 * which wildcards are safe
	 * @param doctor collects the findings
	 * @param listener is notified of the paths that the store now tracks
	 */
	public PathRecorder(UrlStore store, PathLimits limits, TrackingRules rules, DistributionDoctor doctor,
			WriteListener listener) {
		this.rules = rules;
		this.limiter = new PathLimiter(store, limits, rules, doctor, new WildcardReplacement(store, listener));
		this.buffer = new PathBuffer(limits.maxPending(), this.limiter);
		this.notFound = new NotFoundPaths(store, doctor);
		this.writer = new PendingWriter(store, this.buffer, this.limiter, this.notFound, listener);
	}

	/**
	 * Track a path for the lifetime of a page without caching headers.
	 * @param path the path, beginning with {@code /}
	 */
	public void track(String path) {
		track(path, this.rules.unknownLifetime());
	}

	/**
	 * Track a path for the given time.
	 * @param path the path, beginning with {@code /}
	 * @param ttl how long from now, more than zero
	 */
	public void track(String path, Duration ttl) {
		checkLifetime(path, ttl);
		buffer(path, PendingChange.track(this.buffer.clock().deadline(ttl)));
	}

	@Override
	public void track(String path, Duration ttl, long startedAt, @Nullable String route, Set<String> tags) {
		checkLifetime(path, ttl);
		String wildcard = this.limiter.replacementOf(path);
		String tracked = (wildcard != null) ? wildcard : path;
		long until = this.buffer.clock().roughDeadline(ttl);
		long since = this.buffer.clock().millis(startedAt);
		Set<String> kept = tags.isEmpty() ? Set.of() : KnownTags.union(Set.copyOf(tags), Set.of());
		PendingChange waiting = this.buffer.get(tracked);
		if (waiting == null || !waiting.covers(until, since, route, kept)) {
			buffer(tracked, PendingChange.track(until, since, route, kept));
		}
	}

	/**
	 * Set the lifetime of a tracked path.
	 * @param path the path, beginning with {@code /}
	 * @param ttl how long from now; zero or less untracks the path
	 */
	public void expire(String path, Duration ttl) {
		bufferAfterResponses(path, PendingChange.expire(this.buffer.clock().deadline(ttl)));
	}

	@Override
	public void untrack(String path) {
		bufferAfterResponses(path, PendingChange.untrack());
	}

	@Override
	public void untrackNotFound(String path) {
		buffer(path, PendingChange.notFound());
	}

	private static void checkLifetime(String path, Duration ttl) {
		if (ttl.isZero() || ttl.isNegative()) {
			throw new IllegalArgumentException(
					"The lifetime of '%s' must be positive, but is '%s'".formatted(path, ttl));
		}
	}

	private void buffer(String path, PendingChange change) {
		checkPath(path);
		this.buffer.add(path, change);
	}

	/**
	 * Buffer a change after earlier responses, which may wait for the distribution's
	 * settings and would track the path again.
	 */
	private void bufferAfterResponses(String path, PendingChange change) {
		checkPath(path);
		this.rules.whenKnown(() -> this.buffer.add(path, change));
	}

	private static void checkPath(String path) {
		if (path.isEmpty() || path.charAt(0) != '/') {
			throw new IllegalArgumentException("Path must start with '/': '%s'".formatted(path));
		}
	}

	/**
	 * Return how many paths wait to be flushed.
	 * @return the number, on this node
	 */
	public int pending() {
		return this.buffer.size();
	}

	/**
	 * Return how many paths found the buffer full, were refused by the store, or exceeded
	 * a limit.
	 * @return the number since the start, on this node
	 */
	public long dropped() {
		return this.buffer.dropped() + this.writer.refused() + this.limiter.dropped();
	}

	/**
	 * Return how many times a wildcard was tracked instead of a path.
	 * @return the number since the start, on this node
	 */
	public long folded() {
		return this.limiter.folded() + overflowed();
	}

	/**
	 * Return how many times a wildcard was tracked because the buffer was full.
	 */
	long overflowed() {
		return this.buffer.overflowed();
	}

	/**
	 * Return how many paths were written again because the store had lost them.
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
	 * Return how many paths are tracked, on all nodes that share the store.
	 * @return the last count, about a second old if the store is available; {@code -1} if
	 * it has not answered yet
	 */
	public long tracked() {
		return this.limiter.tracked();
	}

	/**
	 * Put lost writes back into the buffer, and count what is tracked. Called about once
	 * a second.
	 */
	void check() {
		this.writer.check();
	}

	/**
	 * Write everything that waits. What could not be written still waits.
	 * @return whether there was anything, and so whether the store has answered
	 * @throws io.github.cftracker.StoreUnavailableException if the store is unavailable
	 */
	public boolean flush() {
		long startedAt = System.nanoTime();
		try {
			boolean written = this.writer.flush();
			if (written) {
				this.flushes.succeeded(startedAt);
			}
			return written;
		}
		catch (RuntimeException | Error ex) {
			this.flushes.failed(startedAt);
			throw ex;
		}
	}

	/**
	 * Return the statistics of the flushes, which continue to change.
	 * @return the statistics
	 */
	public FlushStatistics flushes() {
		return this.flushes;
	}

}
