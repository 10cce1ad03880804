package io.github.cftracker.tracking;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLongArray;

import org.jspecify.annotations.Nullable;

/**
 * Longest lifetimes with which this node has recorded paths, for a 304 that leaves the
 * lifetime to the stored response.
 * <p>
 * Few applications send such a 304. The table is created for the first one, and until
 * then a response costs one volatile read. What it buys: 512 KB instead of the 8 MB that
 * a map of 65,536 paths takes. A slot is a long, 39 bits of the path's hash and 25 bits
 * of seconds. If two paths share a slot, the later one replaces the other, which is then
 * unknown. A path that is unknown has the fingerprint in its slot with a probability of 1
 * in 2^39 (about 550 billion), and clients cannot predict which one does. Safe for use by
 * several threads.
 */
final class KnownLifetimes {

	private static final int SLOTS = 1 << 16;

	private static final long SECONDS = (1L << 25) - 1;

	private static final long EMPTY = 0;

	private volatile @Nullable AtomicLongArray table;

	/**
	 * Return whether there has been a reason to remember lifetimes.
	 * @return whether {@link #remember} has an effect
	 */
	boolean isInUse() {
		return this.table != null;
	}

	/**
	 * Remember a lifetime if it is longer than the one that is known.
	 * @param path the path
	 * @param lifetime its lifetime, zero if CloudFront does not cache the response
	 */
	void remember(String path, Duration lifetime) {
		AtomicLongArray table = this.table;
		if (table != null) {
			long hash = PathHash.of(path);
			long entry = (hash & ~SECONDS) | seconds(lifetime);
			int slot = slot(hash);
			long present = table.get(slot);
			if (longer(present, entry) != present) {
				table.accumulateAndGet(slot, entry, KnownLifetimes::longer);
			}
		}
	}

	/**
	 * Return the lifetime that is remembered, and remember lifetimes from now on.
	 * @param path the path
	 * @return the lifetime rounded up to seconds, {@code null} if it is unknown or 388
	 * days or longer
	 */
	@Nullable Duration of(String path) {
		AtomicLongArray table = this.table;
		if (table == null) {
			this.table = new AtomicLongArray(SLOTS);
			return null;
		}
		long hash = PathHash.of(path);
		long entry = table.get(slot(hash));
		long seconds = entry & SECONDS;
		boolean known = entry != EMPTY && isSamePath(entry, hash) && seconds != SECONDS;
		return known ? Duration.ofSeconds(seconds) : null;
	}

	/**
	 * Forget all lifetimes, because they follow from settings that no longer apply.
	 */
	void forget() {
		this.table = null;
	}

	private static long longer(long present, long entry) {
		return isSamePath(present, entry) ? Math.max(present, entry) : entry;
	}

	private static boolean isSamePath(long first, long second) {
		return ((first ^ second) & ~SECONDS) == 0;
	}

	private static int slot(long hash) {
		return (int) (hash & (SLOTS - 1));
	}

	private static long seconds(Duration lifetime) {
		return (lifetime.toSeconds() >= SECONDS) ? SECONDS : lifetime.plusNanos(999_999_999).toSeconds();
	}

}
