package io.github.cftracker.tracking;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import io.github.cftracker.PathLifetime;
import io.github.cftracker.StoreUnavailableException;
import io.github.cftracker.UrlStore;
import io.github.cftracker.UrlTracker;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The buffer between requests and the store.
 * <p>
 * A request touches one entry of a concurrent map and goes on; a flush writes what has
 * gathered in large commands. An entry leaves the map only after the store has taken it,
 * and only if nothing happened to its path meanwhile, so neither a failed write nor a
 * change during the write is lost. No path is left out because it was written before: a
 * run may have claimed it since, on this node or another, and what was rendered after the
 * claim has to be tracked anew.
 * <p>
 * The map is bounded. A path that finds it full is dropped and counted, and the flusher
 * says so: the alternative would be to let the request wait.
 */
public final class PathRecorder implements UrlTracker, ResponseRecorder {

	private static final Logger logger = LoggerFactory.getLogger(PathRecorder.class);

	private static final int CHUNK = 1000;

	private final ConcurrentHashMap<String, PendingChange> pending = new ConcurrentHashMap<>();

	private final AtomicLong dropped = new AtomicLong();

	private final AtomicLong replayed = new AtomicLong();

	private final RecentChanges recent;

	private int replays;

	private final long origin = System.nanoTime();

	private final UrlStore store;

	private final LifetimePolicy lifetimes;

	private final int maxPending;

	private final Consumer<Collection<PathLifetime>> written;

	/**
	 * Create a recorder.
	 * @param store where flushes go
	 * @param lifetimes the lifetime of a path that is tracked without one
	 * @param maxPending how many distinct paths may wait to be flushed
	 */
	public PathRecorder(UrlStore store, LifetimePolicy lifetimes, int maxPending) {
		this(store, lifetimes, maxPending, (paths) -> {
		});
	}

	/**
	 * Create a recorder that tells what it has written.
	 * @param store where flushes go
	 * @param lifetimes the lifetime of a path that is tracked without one
	 * @param maxPending how many distinct paths may wait to be flushed
	 * @param written told which paths the store now tracks
	 */
	public PathRecorder(UrlStore store, LifetimePolicy lifetimes, int maxPending,
			Consumer<Collection<PathLifetime>> written) {
		this.store = store;
		this.written = written;
		this.lifetimes = lifetimes;
		this.maxPending = maxPending;
		this.recent = new RecentChanges(maxPending);
	}

	@Override
	public void track(String path) {
		track(path, this.lifetimes.unknown());
	}

	@Override
	public void track(String path, Duration ttl) {
		checkLifetime(path, ttl);
		record(path, PendingChange.track(deadline(ttl)));
	}

	@Override
	public void track(String path, Duration ttl, long startedAt) {
		checkLifetime(path, ttl);
		record(path, PendingChange.track(deadline(ttl), millis(startedAt)));
	}

	@Override
	public void expire(String path, Duration ttl) {
		record(path, PendingChange.expire(deadline(ttl)));
	}

	@Override
	public void untrack(String path) {
		record(path, PendingChange.untrack());
	}

	private static void checkLifetime(String path, Duration ttl) {
		if (ttl.isZero() || ttl.isNegative()) {
			throw new IllegalArgumentException(
					"The lifetime of '%s' must be more than zero, not %s".formatted(path, ttl));
		}
	}

	private void record(String path, PendingChange change) {
		if (path.isEmpty() || path.charAt(0) != '/') {
			throw new IllegalArgumentException("'%s' is no path: it must begin with '/'".formatted(path));
		}
		if (this.pending.size() >= this.maxPending && !this.pending.containsKey(path)) {
			this.dropped.incrementAndGet();
			return;
		}
		this.pending.merge(path, change, PendingChange::then);
	}

	/**
	 * How many paths wait to be flushed.
	 * @return the number, on this node
	 */
	public int pending() {
		return this.pending.size();
	}

	/**
	 * How many paths found the buffer full, or were refused by the store.
	 * @return the number since the start, on this node
	 */
	public long dropped() {
		return this.dropped.get();
	}

	/**
	 * How many paths were written again because the store had forgotten them.
	 * @return the number since the start, on this node
	 */
	public long replayed() {
		return this.replayed.get();
	}

	/**
	 * Lets what the store has forgotten wait to be written again.
	 * @return whether there was anything
	 */
	synchronized boolean replay() {
		OptionalLong loss = (this.store instanceof NumberedStore numbered) ? numbered.takeLoss() : OptionalLong.empty();
		if (loss.isEmpty()) {
			return false;
		}
		Map<String, PendingChange> lost = this.recent.takeAfter(loss.getAsLong());
		lost.forEach((path, change) -> this.pending.merge(path, change, (newer, older) -> older.then(newer)));
		this.replays++;
		this.replayed.addAndGet(lost.size());
		logger.warn("The {} store has forgotten what it had acknowledged, as after a failover: {} paths are "
				+ "written again", this.store.name(), lost.size());
		return true;
	}

	/**
	 * Writes everything that waits. What could not be written still waits.
	 * @return whether there was anything, and so whether the store has answered
	 * @throws io.github.cftracker.StoreUnavailableException if the store does not answer
	 */
	public synchronized boolean flush() {
		replay();
		int before = this.replays;
		boolean any = writePending();
		if (replay() || this.replays > before) {
			writePending();
		}
		return any;
	}

	private boolean writePending() {
		boolean any = !this.pending.isEmpty();
		Map<String, PendingChange> chunk = new HashMap<>();
		for (Map.Entry<String, PendingChange> entry : this.pending.entrySet()) {
			chunk.put(entry.getKey(), entry.getValue());
			if (chunk.size() == CHUNK) {
				writeAsFarAsPossible(chunk);
				chunk.clear();
			}
		}
		if (!chunk.isEmpty()) {
			writeAsFarAsPossible(chunk);
		}
		return any;
	}

	/**
	 * A store that is away keeps everything waiting. One that refuses a path for what it
	 * is would refuse it for ever, and everything that waits behind it.
	 */
	private void writeAsFarAsPossible(Map<String, PendingChange> chunk) {
		try {
			write(chunk);
		}
		catch (StoreUnavailableException ex) {
			throw ex;
		}
		catch (RuntimeException ex) {
			logger.debug("The store refuses one of {} paths", chunk.size(), ex);
			chunk.forEach(this::writeOrDrop);
		}
	}

	private void writeOrDrop(String path, PendingChange change) {
		try {
			write(Map.of(path, change));
		}
		catch (StoreUnavailableException ex) {
			throw ex;
		}
		catch (RuntimeException ex) {
			logger.warn("Not tracked, because the store refuses it: '{}': {}", path, ex.toString());
			this.dropped.incrementAndGet();
			this.pending.remove(path, change);
		}
	}

	private void write(Map<String, PendingChange> chunk) {
		List<PathLifetime> tracked = new ArrayList<>(chunk.size());
		List<PathLifetime> expired = new ArrayList<>();
		List<String> untracked = new ArrayList<>();
		long now = now();
		chunk.forEach((path, change) -> {
			if (change.untracks()) {
				untracked.add(path);
			}
			if (change.tracks() && change.trackUntil() > now) {
				tracked.add(new PathLifetime(path, remaining(change.trackUntil(), now), age(change.startedAt(), now)));
			}
			if (change.expires()) {
				expired.add(new PathLifetime(path, remaining(change.expireAt(), now)));
			}
		});
		if (!tracked.isEmpty()) {
			this.store.track(tracked);
			this.written.accept(tracked);
		}
		if (!expired.isEmpty()) {
			this.store.expire(expired);
		}
		if (!untracked.isEmpty()) {
			this.store.untrack(untracked);
		}
		if (this.store instanceof NumberedStore numbered) {
			long number = numbered.acknowledged();
			if (replay()) {
				// Nobody knows which of these it has, so they stay
				return;
			}
			this.recent.add(chunk, number, now);
		}
		chunk.forEach(this.pending::remove);
	}

	private long deadline(Duration ttl) {
		if (ttl.isNegative()) {
			return now();
		}
		return PathLifetime.isForever(ttl) ? PendingChange.FOREVER : now() + ttl.toMillis();
	}

	private static Duration remaining(long deadline, long now) {
		return (deadline == PendingChange.FOREVER) ? PathLifetime.FOREVER : Duration.ofMillis(deadline - now);
	}

	/**
	 * A millisecond more than the difference, because both times are rounded down: a
	 * response that passes for younger than it is would not be invalidated again.
	 */
	private static Duration age(long startedAt, long now) {
		return (startedAt == PendingChange.NO_RESPONSE) ? Duration.ZERO : Duration.ofMillis(now - startedAt + 1);
	}

	private long now() {
		return millis(System.nanoTime());
	}

	private long millis(long nanoTime) {
		return Math.floorDiv(nanoTime - this.origin, 1_000_000);
	}

}
