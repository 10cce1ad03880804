package io.github.cftracker.tracking;

import java.util.concurrent.ThreadLocalRandom;

/**
 * Hash of a path, a route or a tag, 64 bits with a random seed. The probability that two
 * paths have the same one is 1 in 2^64, and a client cannot predict which do. Every part
 * of the bits is evenly distributed, so a table may use any.
 */
public final class PathHash {

	/**
	 * The value that no path has.
	 */
	public static final long NONE = 0;

	private static final long SEED = ThreadLocalRandom.current().nextLong();

	private PathHash() {
	}

	/**
	 * Return the hash of a path.
	 * @param path the path
	 * @return the hash, never {@link #NONE}; another one in each process
	 */
	public static long of(String path) {
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
		hash = avalanched(hash);
		return (hash != NONE) ? hash : 1;
	}

	/**
	 * Let each bit depend on all characters: the last ones have only changed some. This
	 * is the finalizer of MurmurHash3.
	 */
	private static long avalanched(long hash) {
		long result = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
		result = (result ^ (result >>> 33)) * 0xc4ceb9fe1a85ec53L;
		return result ^ (result >>> 33);
	}

	private static long mixed(long hash) {
		long product = hash * 0x9e3779b97f4a7c15L;
		return product ^ (product >>> 32);
	}

}
