package io.github.cftracker.recording;

import io.github.cftracker.tracking.PathHash;

/**
 * Set of paths with the time when each expires. It keeps only the {@link PathHash} of
 * each.
 * <p>
 * What it buys: 27 bytes per path instead of the 134 bytes of a map of strings, so 27 MB
 * for a million paths.
 */
final class Fingerprints {

	private static final long FREE = PathHash.NONE;

	private long[] hashes = new long[64];

	private int[] expiries = new int[64];

	private int size;

	int size() {
		return this.size;
	}

	/**
	 * Extend the lifetime of a path.
	 * @return whether the set contains it
	 */
	boolean renew(long hash, int expiry) {
		int slot = slot(hash);
		if (this.hashes[slot] == FREE) {
			return false;
		}
		this.expiries[slot] = Math.max(this.expiries[slot], expiry);
		return true;
	}

	void add(long hash, int expiry) {
		if (this.size * 2 >= this.hashes.length) {
			rebuild(this.hashes.length * 2, Integer.MIN_VALUE);
		}
		int slot = slot(hash);
		this.size += (this.hashes[slot] == FREE) ? 1 : 0;
		this.hashes[slot] = hash;
		this.expiries[slot] = expiry;
	}

	void removeExpired(int now) {
		rebuild(this.hashes.length, now);
	}

	private void rebuild(int length, int now) {
		long[] hashes = this.hashes;
		int[] expiries = this.expiries;
		this.hashes = new long[length];
		this.expiries = new int[length];
		this.size = 0;
		for (int i = 0; i < hashes.length; i++) {
			if (hashes[i] != FREE && expiries[i] > now) {
				int slot = slot(hashes[i]);
				this.hashes[slot] = hashes[i];
				this.expiries[slot] = expiries[i];
				this.size++;
			}
		}
	}

	private int slot(long hash) {
		int mask = this.hashes.length - 1;
		int slot = (int) (hash ^ (hash >>> 32)) & mask;
		while (this.hashes[slot] != FREE && this.hashes[slot] != hash) {
			slot = (slot + 1) & mask;
		}
		return slot;
	}

}
