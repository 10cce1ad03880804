package io.github.cftracker.recording;

import java.util.Collection;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out what a store has forgotten although it had acknowledged it, and lets it wait
 * to be written again.
 */
final class ReplayDetector {

	private static final Logger logger = LoggerFactory.getLogger(ReplayDetector.class);

	private final AtomicLong replayed = new AtomicLong();

	private final SequencedUrlStore store;

	private final ConcurrentMap<String, PendingChange> pending;

	private final ReplayLog recent;

	private final WriteSuppression known;

	private int replays;

	ReplayDetector(SequencedUrlStore store, ConcurrentMap<String, PendingChange> pending, ReplayLog recent,
			WriteSuppression known) {
		this.store = store;
		this.pending = pending;
		this.recent = recent;
		this.known = known;
	}

	/**
	 * How many changes were written again. May be called by any thread.
	 */
	long replayed() {
		return this.replayed.get();
	}

	/**
	 * How many times the store was found to have forgotten something.
	 */
	int replays() {
		return this.replays;
	}

	/**
	 * Remembers what was just written, unless the store has forgotten something: then
	 * nobody knows how much of this it has.
	 * @return whether it has forgotten nothing
	 */
	boolean remember(Collection<Pending> written, long now) {
		long number = this.store.acknowledged();
		if (replay()) {
			return false;
		}
		this.recent.add(written, number, now);
		return true;
	}

	/**
	 * Lets what the store has forgotten wait to be written again.
	 * @return whether there was anything
	 */
	boolean replay() {
		OptionalLong loss = this.store.takeLoss();
		if (loss.isEmpty()) {
			return false;
		}
		this.known.clear();
		Map<String, PendingChange> lost = this.recent.takeAfter(loss.getAsLong());
		lost.forEach((path, change) -> this.pending.merge(path, change, (newer, older) -> older.then(newer)));
		this.replays++;
		this.replayed.addAndGet(lost.size());
		logger.warn("The {} store lost acknowledged writes, for example in a failover. Writing {} paths again",
				this.store.name(), lost.size());
		return true;
	}

}
