package io.github.cftracker.tracking;

import java.util.concurrent.ThreadLocalRandom;

/**
 * A set of paths that forgets those that have expired, in 24 bytes a path: it keeps 64
 * bits of each. Two paths in a trillion pass for one, and which ones nobody can foresee.
 */
final class Fingerprints {

	private static final long SEED = ThreadLocalRandom.current().nextLong();

	private static final long FREE = 0;

	private long[] hashes = new long[64];

	private int[] expiries = new int[64];

	private int size;

	static long of(String path) {
		long hash = SEED ^ path.length();
		int i = 0;
		while (i + 4 <= path.length()) {
			long four = path.charAt(i) | ((long) path.charAt(i + 1) << 16) | ((long) path.charAt(i + 2) << 32)
					| ((long) path.charAt(i + 3) << 48);
			hash = mixed(hash ^ four);
			i += 4;
		}
		while (i < path.length()) {
			hash = mixed(hash ^ path.charAt(i++));
		}
		return (hash != FREE) ? hash : 1;
	}

	private static long mixed(long hash) {
		long product = hash * 0x9e3779b97f4a7c15L;
		return product ^ (product >>> 32);
	}

	int size() {
		return this.size;
	}

	/**
	 * Lets a path that is there live longer.
	 * @return whether it is there
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
