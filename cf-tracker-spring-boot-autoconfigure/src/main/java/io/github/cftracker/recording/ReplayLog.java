package io.github.cftracker.recording;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Log of the writes of the last 30 seconds, for a server that loses them.
 * <p>
 * Changes of about a second share one entry per path, so that a hot path does not fill
 * the log. If there are too many paths, the oldest second is dropped. Time passes only
 * while the server accepts writes, because it loses what was written before an outage.
 * <p>
 * What it buys: no path of the last 30 seconds is lost in a failover, for 197 bytes per
 * path of 64 characters, so 20 MB if {@code tracking.max-pending} is 100,000.
 */
final class ReplayLog {

	private static final long KEPT_MILLIS = 30_000;

	private static final long SLICE_MILLIS = 1000;

	private final Deque<Slice> slices = new ArrayDeque<>();

	private final int maxPaths;

	private @Nullable PackedChangeLog spare;

	private int paths;

	ReplayLog(int maxPaths) {
		this.maxPaths = maxPaths;
	}

	/**
	 * Add changes.
	 * @param changes what was written
	 * @param number the number of the write
	 * @param now the time, in ms
	 */
	void add(Collection<Pending> changes, long number, long now) {
		Slice slice = this.slices.peekLast();
		if (slice == null || now - slice.since >= SLICE_MILLIS) {
			slice = new Slice(now, (this.spare != null) ? this.spare : new PackedChangeLog());
			this.spare = null;
			this.slices.add(slice);
		}
		this.paths -= slice.written.size();
		for (Pending change : changes) {
			slice.written.add(change, number, now);
		}
		this.paths += slice.written.size();
		while (isTooMuch(this.slices.getFirst(), now)) {
			PackedChangeLog oldest = this.slices.removeFirst().written;
			this.paths -= oldest.size();
			oldest.clear();
			this.spare = oldest;
		}
	}

	private boolean isTooMuch(Slice oldest, long now) {
		return now - oldest.since > KEPT_MILLIS + SLICE_MILLIS
				|| (this.paths > this.maxPaths && this.slices.size() > 1);
	}

	/**
	 * Remove and return what was written after a write.
	 * @param kept the number of the last write that the server still has
	 * @return what to write again, by path
	 */
	Map<String, PendingChange> takeAfter(long kept) {
		Map<String, Written> lost = new HashMap<>();
		for (Slice slice : this.slices) {
			this.paths -= slice.written.size();
			slice.written.takeAfter(kept,
					(path, change, at) -> lost.merge(path, new Written(change, at), Written::then));
			this.paths += slice.written.size();
		}
		Map<String, PendingChange> again = new HashMap<>();
		lost.forEach((path, written) -> {
			PendingChange change = written.change.again(written.at);
			if (change != null) {
				again.put(path, change);
			}
		});
		return again;
	}

	private record Slice(long since, PackedChangeLog written) {
	}

	private record Written(PendingChange change, long at) {

		private Written then(Written next) {
			return new Written(this.change.then(next.change), this.at);
		}

	}

}
