package io.github.cftracker.recording;

import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;

import io.github.cftracker.PathLifetime;
import io.github.cftracker.tracking.PathHash;
import org.jspecify.annotations.Nullable;

/**
 * Which paths the server is known to track until when, so that a hot page is written once
 * a minute and not with every flush.
 * <p>
 * Whatever takes paths away, on any node, or makes responses late, changes the server's
 * {@link StoreVersion#lastRemoval()}, and nothing is known any more. So what is left out
 * of a flush counts as written only once the server has said, after it was left out, that
 * nothing was removed.
 * <p>
 * Holds a fixed number of paths, as fingerprints; one takes the place of another, which
 * then is written once more. Used by one thread at a time.
 */
final class WriteSuppression {

	private static final long REWRITE_MILLIS = 60_000;

	private static final Duration LONG = Duration.ofMinutes(15);

	private static final int SLOTS = 1 << 16;

	// Also for what the clocks of two machines drift apart in a minute
	private static final long CLOCK_STEP_MILLIS = 1000;

	private static final long FREE = 0;

	// What is known of a path lies side by side, as whoever reads one reads all
	private static final int MARK = 0;

	private static final int DEADLINE = 1;

	private static final int REWRITE_AT = 2;

	private static final int WIDTH = 3;

	// Made with the first path, because not every store can be asked
	private long[] slots = {};

	private @Nullable String lastRoute;

	private long lastRouteMark = FREE;

	private StoreVersion state = StoreVersion.UNKNOWN;

	private long skew;

	private long since;

	private int cleared;

	/**
	 * Whether a change would tell the server nothing new, unless something was removed.
	 */
	boolean cover(Pending pending, long now) {
		PendingChange change = pending.change();
		if (this.slots.length == 0 || !change.isRequested() || change.expires() || change.startedAt() <= this.since) {
			return false;
		}
		int slot = slot(pending);
		return this.slots[slot + MARK] == mark(pending) && change.trackUntil() <= this.slots[slot + DEADLINE]
				&& now < this.slots[slot + REWRITE_AT];
	}

	/**
	 * The lifetime to write: a minute longer if it is long and the path was written a
	 * moment ago, so that it need not be written again each time that it is requested.
	 * @param lifetime how long the path has to be tracked
	 */
	Duration lifetime(Pending pending, Duration lifetime, long now) {
		if (this.slots.length == 0 || PathLifetime.isForever(lifetime) || lifetime.compareTo(LONG) < 0) {
			return lifetime;
		}
		int slot = slot(pending);
		boolean isHot = this.slots[slot + MARK] == mark(pending)
				&& now < this.slots[slot + REWRITE_AT] + REWRITE_MILLIS;
		return isHot ? lifetime.plusMillis(REWRITE_MILLIS) : lifetime;
	}

	/**
	 * Remembers that a path was written.
	 * @param lifetime the lifetime that was written
	 * @param now the time before it was written, in ms
	 */
	void written(Pending pending, Duration lifetime, long now) {
		if (this.slots.length == 0) {
			this.slots = new long[SLOTS * WIDTH];
		}
		int slot = slot(pending);
		this.slots[slot + MARK] = mark(pending);
		this.slots[slot + DEADLINE] = PathLifetime.isForever(lifetime) ? PendingChange.FOREVER
				: now + lifetime.toMillis() - CLOCK_STEP_MILLIS;
		this.slots[slot + REWRITE_AT] = now + REWRITE_MILLIS;
	}

	/**
	 * Takes note of what the server says.
	 * @param current its state
	 * @param now the time, in ms
	 */
	void see(StoreVersion current, long now) {
		long skew = current.time() - now;
		if (current.lastRemoval() != this.state.lastRemoval() || Math.abs(skew - this.skew) > CLOCK_STEP_MILLIS) {
			clear();
			this.skew = skew;
			// What began before may be late
			this.since = now;
		}
		this.state = current;
	}

	/**
	 * Forgets everything, where the server has too.
	 */
	void clear() {
		Arrays.fill(this.slots, FREE);
		this.state = StoreVersion.UNKNOWN;
		this.cleared++;
	}

	/**
	 * How many times everything was forgotten.
	 */
	int cleared() {
		return this.cleared;
	}

	private static int slot(Pending pending) {
		return ((int) (pending.fingerprint() >>> 32) & (SLOTS - 1)) * WIDTH;
	}

	private long mark(Pending pending) {
		long mark = pending.fingerprint() ^ (31 * mark(pending.change().route()));
		long tags = 0;
		for (String tag : pending.change().tags()) {
			// They come in any order
			tags += PathHash.of(tag);
		}
		return mark + 127 * tags;
	}

	private long mark(@Nullable String route) {
		// Mostly the same again
		if (!Objects.equals(route, this.lastRoute)) {
			this.lastRoute = route;
			this.lastRouteMark = (route != null) ? PathHash.of(route) : FREE;
		}
		return this.lastRouteMark;
	}

}
