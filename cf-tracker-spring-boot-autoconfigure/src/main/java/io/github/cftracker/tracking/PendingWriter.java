package io.github.cftracker.tracking;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import io.github.cftracker.PathLifetime;
import io.github.cftracker.StoreUnavailableException;
import io.github.cftracker.UrlStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes what waits in the buffer. One thread at a time does.
 */
final class PendingWriter {

	private static final Logger logger = LoggerFactory.getLogger(PendingWriter.class);

	private static final int CHUNK = 1000;

	private static final int MAX_PASSES = 5;

	private final AtomicLong refused = new AtomicLong();

	private final AtomicLong replayed = new AtomicLong();

	private final UrlStore store;

	private final ConcurrentMap<String, PendingChange> pending;

	private final PathBound bound;

	private final Folding folding;

	private final RecentChanges recent;

	private final Consumer<Collection<PathLifetime>> written;

	private final RecorderClock clock;

	private int replays;

	PendingWriter(UrlStore store, ConcurrentMap<String, PendingChange> pending, PathBound bound, RecentChanges recent,
			Consumer<Collection<PathLifetime>> written, RecorderClock clock) {
		this.store = store;
		this.pending = pending;
		this.bound = bound;
		this.folding = new Folding(store, bound.folds(), written);
		this.recent = recent;
		this.written = written;
		this.clock = clock;
	}

	long refused() {
		return this.refused.get();
	}

	long replayed() {
		return this.replayed.get();
	}

	synchronized void count() {
		this.bound.counted(this.store.count(), this.clock.now());
	}

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

	synchronized boolean flush() {
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
		int passes = 0;
		// Again where wildcards have taken the place of paths, or of other wildcards
		while (!writeOnce() && ++passes < MAX_PASSES) {
			logger.trace("Pass {}", passes);
		}
		this.folding.fold();
		return any;
	}

	/**
	 * Writes what waits, as far as it may be tracked as it is.
	 * @return whether nothing was put in another place
	 */
	private boolean writeOnce() {
		boolean complete = true;
		List<Pending> chunk = new ArrayList<>(CHUNK);
		for (Map.Entry<String, PendingChange> entry : this.pending.entrySet()) {
			String path = entry.getKey();
			PendingChange change = entry.getValue();
			if (isPlaced(path, change, chunk.size())) {
				chunk.add(new Pending(path, change));
			}
			else {
				complete = false;
			}
			if (chunk.size() == CHUNK) {
				writeAsFarAsPossible(chunk);
				chunk.clear();
			}
		}
		if (!chunk.isEmpty()) {
			writeAsFarAsPossible(chunk);
		}
		return complete;
	}

	private boolean isPlaced(String path, PendingChange change, int unwritten) {
		if (!change.tracks()) {
			return true;
		}
		String place = this.bound.place(path, change, this.clock.now(), () -> this.store.count() + unwritten);
		if (path.equals(place)) {
			return true;
		}
		if (place != null) {
			this.pending.merge(place, change.folded(), PendingChange::then);
		}
		this.pending.remove(path, change);
		return false;
	}

	/**
	 * A store that is away keeps everything waiting. One that refuses a path for what it
	 * is would refuse it for ever, and everything that waits behind it.
	 */
	private void writeAsFarAsPossible(List<Pending> chunk) {
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

	private void writeOrDrop(Pending pending) {
		try {
			write(List.of(pending));
		}
		catch (StoreUnavailableException ex) {
			throw ex;
		}
		catch (RuntimeException ex) {
			logger.warn("Not tracked, because the store refuses it: '{}': {}", pending.path(), ex.toString());
			this.refused.incrementAndGet();
			this.pending.remove(pending.path(), pending.change());
		}
	}

	private void write(List<Pending> chunk) {
		List<PathLifetime> tracked = new ArrayList<>(chunk.size());
		List<PathLifetime> expired = new ArrayList<>();
		List<String> untracked = new ArrayList<>();
		long now = this.clock.now();
		for (Pending pending : chunk) {
			String path = pending.path();
			PendingChange change = pending.change();
			if (change.untracks()) {
				untracked.add(path);
			}
			if (change.tracks() && change.trackUntil() > now) {
				tracked.add(new PathLifetime(path, RecorderClock.roughlyRemaining(change.trackUntil(), now),
						RecorderClock.age(change.startedAt(), now), change.route(), change.tags()));
			}
			if (change.expires()) {
				expired.add(new PathLifetime(path, RecorderClock.remaining(change.expireAt(), now)));
			}
		}
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
		for (Pending pending : chunk) {
			this.pending.remove(pending.path(), pending.change());
		}
	}

	/**
	 * A change that waits.
	 *
	 * @param path the path
	 * @param change what is to be written about it
	 */
	record Pending(String path, PendingChange change) {
	}

}
