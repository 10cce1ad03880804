package io.github.cftracker.recording;

import java.util.Collection;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;

import io.github.cftracker.UrlStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replay of writes that the store had acknowledged and then lost, for example in a
 * failover. A {@link SequencedUrlStore} reports the last write that it still has; later
 * ones of the last 30 seconds return to the buffer. With any other store it does nothing.
 * Used by one thread at a time, except for {@link #replayed()}.
 */
final class Replay {

	private static final Logger logger = LoggerFactory.getLogger(Replay.class);

	private final AtomicLong replayed = new AtomicLong();

	private final @Nullable SequencedUrlStore store;

	private final PathBuffer buffer;

	private final WriteSuppression suppression;

	private final ReplayLog log;

	private int losses;

	Replay(UrlStore store, PathBuffer buffer, WriteSuppression suppression) {
		this.store = (store instanceof SequencedUrlStore sequenced) ? sequenced : null;
		this.buffer = buffer;
		this.suppression = suppression;
		this.log = new ReplayLog(buffer.max());
	}

	/**
	 * Return how many changes were written again.
	 */
	long replayed() {
		return this.replayed.get();
	}

	/**
	 * Return how many times the store has lost writes.
	 */
	int losses() {
		return this.losses;
	}

	/**
	 * Remember changes that were just written. If the store has lost writes, it is
	 * unknown which of these it has, and nothing is remembered.
	 * @param written the changes
	 * @param now the time of the recorder's clock
	 * @return whether the store has lost nothing
	 */
	boolean remember(Collection<Pending> written, long now) {
		if (this.store == null) {
			return true;
		}
		long number = this.store.acknowledged();
		int before = this.losses;
		restore();
		if (this.losses > before) {
			return false;
		}
		this.log.add(written, number, now);
		return true;
	}

	/**
	 * Put lost writes back into the buffer, if the store has found since the last call
	 * that it lost any.
	 */
	void restore() {
		OptionalLong loss = (this.store != null) ? this.store.takeLoss() : OptionalLong.empty();
		if (this.store == null || loss.isEmpty()) {
			return;
		}
		this.suppression.discard();
		Map<String, PendingChange> lost = this.log.takeAfter(loss.getAsLong());
		this.buffer.restore(lost);
		this.losses++;
		this.replayed.addAndGet(lost.size());
		logger.warn("The {} store lost acknowledged writes, for example in a failover. Writing {} paths again",
				this.store.name(), lost.size());
	}

}
