package io.github.cftracker.tracking;

import java.util.concurrent.ThreadLocalRandom;

/**
 * Hash of a path, 64 bits with a random seed. Of a trillion pairs of paths two have the
 * same one, and a client cannot choose them.
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
		return (hash != NONE) ? hash : 1;
	}

	private static long mixed(long hash) {
		long product = hash * 0x9e3779b97f4a7c15L;
		return product ^ (product >>> 32);
	}

}
