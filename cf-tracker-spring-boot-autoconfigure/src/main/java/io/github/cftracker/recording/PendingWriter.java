package io.github.cftracker.recording;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

import io.github.cftracker.PathLifetime;
import io.github.cftracker.StoreUnavailableException;
import io.github.cftracker.UrlStore;
import io.github.cftracker.text.LogText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writer of the buffer: it writes chunks of at most {@value #CHUNK} changes to the store,
 * and removes a change from the buffer once the store has it. Used by one thread at a
 * time.
 * <p>
 * {@link PathLimiter} replaces paths by wildcards, {@link WriteSuppression} leaves out
 * what the store is known to track, {@link Replay} returns to the buffer what the store
 * has lost.
 */
final class PendingWriter {

	private static final Logger logger = LoggerFactory.getLogger(PendingWriter.class);

	private static final int CHUNK = 1000;

	private static final int MAX_PASSES = 5;

	private final AtomicLong refused = new AtomicLong();

	private final UrlStore store;

	private final PathBuffer buffer;

	private final PathLimiter limiter;

	private final NotFoundPaths notFound;

	private final WriteListener listener;

	private final WriteSuppression suppression;

	private final Replay replay;

	PendingWriter(UrlStore store, PathBuffer buffer, PathLimiter limiter, NotFoundPaths notFound,
			WriteListener listener) {
		this.store = store;
		this.buffer = buffer;
		this.limiter = limiter;
		this.notFound = notFound;
		this.listener = listener;
		this.suppression = new WriteSuppression(store, buffer.clock());
		this.replay = new Replay(store, buffer, this.suppression);
	}

	/**
	 * Return how many paths the store has refused.
	 */
	long refused() {
		return this.refused.get();
	}

	/**
	 * Return how many paths were written again after the store had lost them.
	 */
	long replayed() {
		return this.replay.replayed();
	}

	/**
	 * Put lost writes back into the buffer, and count what is tracked.
	 */
	synchronized void check() {
		this.replay.restore();
		this.limiter.count(this.buffer.clock().now());
	}

	/**
	 * Write everything that waits.
	 * @return whether there was anything
	 */
	synchronized boolean flush() {
		this.replay.restore();
		int losses = this.replay.losses();
		boolean any = writeBuffer();
		this.replay.restore();
		if (this.replay.losses() > losses) {
			writeBuffer();
		}
		return any;
	}

	private boolean writeBuffer() {
		boolean any = this.buffer.size() > 0;
		int passes = 0;
		// Again where wildcards have replaced paths, or other wildcards
		while (!writeOnce() && ++passes < MAX_PASSES) {
			logger.trace("Pass {}", passes);
		}
		this.limiter.replaceTracked();
		return any;
	}

	/**
	 * Write what waits, as far as it may be tracked as it is.
	 * @return whether everything is written
	 */
	private boolean writeOnce() {
		boolean complete = true;
		this.suppression.begin();
		List<Pending> chunk = new ArrayList<>(CHUNK);
		for (Map.Entry<String, PendingChange> entry : this.buffer.entries()) {
			Pending pending = new Pending(entry.getKey(), entry.getValue());
			pending.change().beginWriting();
			if (this.suppression.leaveOut(pending)) {
				continue;
			}
			if (isWithinLimits(pending, chunk.size())) {
				chunk.add(pending);
			}
			else {
				complete = false;
			}
			if (chunk.size() == CHUNK) {
				write(chunk);
				chunk.clear();
			}
		}
		if (!chunk.isEmpty()) {
			write(chunk);
		}
		return removeLeftOut() && complete;
	}

	private boolean isWithinLimits(Pending pending, int unwritten) {
		if (!pending.change().tracks()) {
			return true;
		}
		String admitted = this.limiter.admit(pending, this.buffer.clock().now(), unwritten);
		if (pending.path().equals(admitted)) {
			return true;
		}
		this.buffer.replace(pending, admitted);
		return false;
	}

	private boolean removeLeftOut() {
		this.suppression.confirm();
		// The answer may show that the store has lost writes
		this.replay.restore();
		if (!this.suppression.isConfirmed()) {
			return false;
		}
		this.suppression.leftOut().forEach(this.buffer::remove);
		return true;
	}

	/**
	 * Write a chunk. If the store is unavailable, everything waits. If it refuses a path,
	 * it would refuse it each time, so that path is dropped and the others are written.
	 */
	private void write(List<Pending> chunk) {
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
			this.buffer.remove(pending);
		}
	}

	private void writeAll(List<Pending> chunk) {
		long now = this.buffer.clock().now();
		List<Pending> tracked = new ArrayList<>(chunk.size());
		List<PathLifetime> expired = new ArrayList<>();
		List<String> untracked = new ArrayList<>();
		List<Pending> notFound = new ArrayList<>();
		for (Pending pending : chunk) {
			PendingChange change = pending.change();
			if (change.isNotFound()) {
				notFound.add(pending);
			}
			else if (change.untracks()) {
				untracked.add(pending.path());
			}
			if (change.tracks() && change.trackUntil() > now) {
				tracked.add(pending);
			}
			if (change.expires()) {
				expired.add(new PathLifetime(pending.path(), RecorderClock.remaining(change.expireAt(), now)));
			}
		}
		if (!tracked.isEmpty()) {
			this.listener.written(this.suppression.track(tracked, now));
		}
		if (!expired.isEmpty()) {
			this.store.expire(expired);
		}
		if (!untracked.isEmpty()) {
			this.store.untrack(untracked);
		}
		if (!notFound.isEmpty()) {
			this.notFound.untrack(notFound, now);
		}
		if (this.replay.remember(chunk, now)) {
			chunk.forEach(this.buffer::remove);
		}
	}

}
