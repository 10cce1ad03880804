package io.github.cftracker.recording;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import io.github.cftracker.PathLifetime;
import io.github.cftracker.StoreUnavailableException;
import io.github.cftracker.UrlStore;
import io.github.cftracker.text.LogText;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes changes to the store, a chunk at a time, and takes them out of the buffer once
 * the store has them. Leaves it to its caller what the store need not be told again.
 */
final class ChunkWriter {

	private static final Logger logger = LoggerFactory.getLogger(ChunkWriter.class);

	private final AtomicLong refused = new AtomicLong();

	private final UrlStore store;

	private final @Nullable SequencedUrlStore numbered;

	private final ConcurrentMap<String, PendingChange> pending;

	private final WriteSuppression known = new WriteSuppression();

	private final @Nullable ReplayDetector forgotten;

	private final Consumer<Collection<PathLifetime>> written;

	private final RecorderClock clock;

	private final NotFoundPaths notFound;

	private int answers;

	ChunkWriter(UrlStore store, ConcurrentMap<String, PendingChange> pending, ReplayLog recent,
			Consumer<Collection<PathLifetime>> written, RecorderClock clock, NotFoundPaths notFound) {
		this.notFound = notFound;
		this.store = store;
		this.numbered = (store instanceof SequencedUrlStore numbered) ? numbered : null;
		this.pending = pending;
		this.forgotten = (this.numbered != null) ? new ReplayDetector(this.numbered, pending, recent, this.known)
				: null;
		this.written = written;
		this.clock = clock;
	}

	long refused() {
		return this.refused.get();
	}

	long replayed() {
		return (this.forgotten != null) ? this.forgotten.replayed() : 0;
	}

	/**
	 * How many times the store was found to have forgotten something.
	 */
	int replays() {
		return (this.forgotten != null) ? this.forgotten.replays() : 0;
	}

	/**
	 * Lets what the store has forgotten wait to be written again.
	 * @return whether there was anything
	 */
	boolean replay() {
		return this.forgotten != null && this.forgotten.replay();
	}

	/**
	 * What the store need not be told, if it still {@linkplain #confirm says} the same.
	 */
	WriteSuppression known() {
		return this.known;
	}

	/**
	 * Takes changes out of the buffer that were known, if nothing was removed since.
	 * @param left the changes
	 * @param cleared how many times everything was forgotten before it was looked at
	 * @param answers how many answers there were when all had been looked at
	 * @return whether it is so
	 */
	boolean confirm(List<Pending> left, int cleared, int answers) {
		if (left.isEmpty() || this.numbered == null) {
			return true;
		}
		if (this.answers == answers) {
			see(this.numbered.ask());
			replay();
		}
		if (this.known.cleared() != cleared) {
			return false;
		}
		left.forEach(this::remove);
		return true;
	}

	/**
	 * How many times the store has said whether anything was removed.
	 */
	int answers() {
		return this.answers;
	}

	/**
	 * Writes changes as far as possible. A store that is away keeps everything waiting.
	 * One that refuses a path for what it is would refuse it for ever, and everything
	 * that waits behind it.
	 */
	void write(List<Pending> chunk) {
		try {
			writeAll(chunk);
		}
		catch (StoreUnavailableException ex) {
			throw ex;
		}
		catch (RuntimeException ex) {
			logger.debug("The store rejected one of {} paths", chunk.size(), ex);
			chunk.forEach(this::writeOrDrop);
		}
	}

	private void writeOrDrop(Pending pending) {
		try {
			writeAll(List.of(pending));
		}
		catch (StoreUnavailableException ex) {
			throw ex;
		}
		catch (RuntimeException ex) {
			logger.warn("The store rejected path '{}', which is not tracked: {}", LogText.clean(pending.path()),
					LogText.clean(ex.toString()));
			this.refused.incrementAndGet();
			remove(pending);
		}
	}

	private void writeAll(List<Pending> chunk) {
		long now = this.clock.now();
		List<Pending> tracked = new ArrayList<>(chunk.size());
		List<Pending> expired = new ArrayList<>();
		List<Pending> untracked = new ArrayList<>();
		List<Pending> gone = new ArrayList<>();
		for (Pending pending : chunk) {
			PendingChange change = pending.change();
			if (change.untracks()) {
				(change.isNotFound() ? gone : untracked).add(pending);
			}
			if (change.tracks() && change.trackUntil() > now) {
				tracked.add(pending);
			}
			if (change.expires()) {
				expired.add(pending);
			}
		}
		track(tracked, now);
		if (!expired.isEmpty()) {
			this.store.expire(expired.stream().map((pending) -> expiry(pending, now)).toList());
		}
		if (!untracked.isEmpty()) {
			this.store.untrack(untracked.stream().map(Pending::path).toList());
		}
		if (!gone.isEmpty()) {
			this.notFound.untrack(gone, now);
		}
		if (this.forgotten == null || this.forgotten.remember(chunk, now)) {
			chunk.forEach(this::remove);
		}
	}

	private void track(List<Pending> changes, long now) {
		if (changes.isEmpty()) {
			return;
		}
		List<PathLifetime> paths = new ArrayList<>(changes.size());
		for (Pending pending : changes) {
			PendingChange change = pending.change();
			Duration lifetime = RecorderClock.roughlyRemaining(change.trackUntil(), now);
			if (this.numbered != null && change.isRequested()) {
				lifetime = this.known.lifetime(pending, lifetime, now);
			}
			paths.add(new PathLifetime(pending.path(), lifetime, RecorderClock.age(change.startedAt(), now),
					change.route(), change.tags()));
		}
		if (this.numbered == null) {
			this.store.track(paths);
		}
		else {
			see(this.numbered.trackAndAsk(paths));
			for (int i = 0; i < changes.size(); i++) {
				this.known.written(changes.get(i), paths.get(i).lifetime(), now);
			}
		}
		this.written.accept(paths);
	}

	private void see(StoreVersion state) {
		this.answers++;
		this.known.see(state, this.clock.now());
	}

	private static PathLifetime expiry(Pending pending, long now) {
		return new PathLifetime(pending.path(), RecorderClock.remaining(pending.change().expireAt(), now));
	}

	private void remove(Pending pending) {
		this.pending.remove(pending.path(), pending.change());
	}

}
