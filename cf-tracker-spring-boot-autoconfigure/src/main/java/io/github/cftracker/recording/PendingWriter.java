package io.github.cftracker.recording;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;

import io.github.cftracker.PathLifetime;
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

	private final UrlStore store;

	private final ConcurrentMap<String, PendingChange> pending;

	private final PathLimiter bound;

	private final WildcardReplacement folding;

	private final ChunkWriter chunks;

	private final RecorderClock clock;

	private volatile long tracked = -1;

	PendingWriter(UrlStore store, ConcurrentMap<String, PendingChange> pending, PathLimiter bound, ReplayLog recent,
			Consumer<Collection<PathLifetime>> written, RecorderClock clock, NotFoundPaths notFound) {
		this.store = store;
		this.pending = pending;
		this.bound = bound;
		this.folding = new WildcardReplacement(store, bound.folds(), written);
		this.chunks = new ChunkWriter(store, pending, recent, written, clock, notFound);
		this.clock = clock;
	}

	long refused() {
		return this.chunks.refused();
	}

	long replayed() {
		return this.chunks.replayed();
	}

	long tracked() {
		return this.tracked;
	}

	synchronized void count() {
		this.tracked = this.store.count();
		this.bound.counted(this.tracked, this.clock.now());
	}

	synchronized boolean replay() {
		return this.chunks.replay();
	}

	synchronized boolean flush() {
		replay();
		int before = this.chunks.replays();
		boolean any = writePending();
		if (replay() || this.chunks.replays() > before) {
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
	 * @return whether nothing was put in another place, or left out and is not known any
	 * more
	 */
	private boolean writeOnce() {
		boolean complete = true;
		WriteSuppression known = this.chunks.known();
		int cleared = known.cleared();
		List<Pending> left = new ArrayList<>();
		List<Pending> chunk = new ArrayList<>(CHUNK);
		for (Map.Entry<String, PendingChange> entry : this.pending.entrySet()) {
			Pending pending = new Pending(entry.getKey(), entry.getValue());
			pending.change().beginWriting();
			if (known.cover(pending, this.clock.now())) {
				left.add(pending);
			}
			else if (isPlaced(pending, chunk.size())) {
				chunk.add(pending);
			}
			else {
				complete = false;
			}
			if (chunk.size() == CHUNK) {
				this.chunks.write(chunk);
				chunk.clear();
			}
		}
		int answers = this.chunks.answers();
		if (!chunk.isEmpty()) {
			this.chunks.write(chunk);
		}
		return this.chunks.confirm(left, cleared, answers) && complete;
	}

	private boolean isPlaced(Pending pending, int unwritten) {
		String path = pending.path();
		PendingChange change = pending.change();
		if (!change.tracks()) {
			return true;
		}
		String place = this.bound.place(pending, this.clock.now(), () -> this.store.count() + unwritten);
		if (path.equals(place)) {
			return true;
		}
		if (place != null) {
			this.pending.merge(place, change.folded(), PendingChange::then);
		}
		this.pending.remove(path, change);
		return false;
	}

}
