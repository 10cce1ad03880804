package io.github.cftracker.tracking;

import org.jspecify.annotations.Nullable;

/**
 * The paths of one route, or of one folder where a route has many: how many there are,
 * and what they have in common.
 */
final class Variants {

	private static final int MAX_PAGES_FOLDED = 8;

	private static final int MAX_WILDCARDS = 10;

	private static final long LOOK_INTERVAL = 1000;

	private final String name;

	private Fingerprints paths = new Fingerprints();

	private FrequentPages pages = new FrequentPages();

	private int pagesFolded;

	private int wildcards;

	private @Nullable String common;

	private long nextLook = Long.MIN_VALUE;

	Variants(String name) {
		this.name = name;
	}

	String name() {
		return this.name;
	}

	int size() {
		return this.paths.size();
	}

	boolean renew(long hash, int expiry) {
		return this.paths.renew(hash, expiry);
	}

	void add(String path, long hash, int expiry) {
		this.paths.add(hash, expiry);
		this.wildcards += isWildcard(path) ? 1 : 0;
		int question = path.indexOf('?');
		if (question != -1) {
			this.pages.add(path, question + 1);
		}
		this.common = commonWith(path);
	}

	/**
	 * Whether there is one more of those wildcards that a path is widened to. CloudFront
	 * takes one a second.
	 */
	boolean isOneWildcardTooMany(String path) {
		return isWildcard(path) && this.wildcards >= MAX_WILDCARDS;
	}

	private static boolean isWildcard(String path) {
		return path.charAt(path.length() - 1) == '*';
	}

	private String commonWith(String path) {
		if (this.common == null) {
			return path;
		}
		int end = 0;
		while (end < path.length() && end < this.common.length() && path.charAt(end) == this.common.charAt(end)) {
			end++;
		}
		return this.common.substring(0, end);
	}

	/**
	 * Whether to look again what can be done about too many paths: at most once a second,
	 * unless it helped.
	 */
	boolean isWorthALook(long now) {
		if (now < this.nextLook) {
			return false;
		}
		this.nextLook = now + LOOK_INTERVAL;
		return true;
	}

	void lookHelped() {
		this.nextLook = Long.MIN_VALUE;
	}

	/**
	 * The page that a fair share of the paths are of, with different query strings.
	 * @return the page with its question mark, {@code null} if there is none
	 */
	@Nullable String page() {
		return (this.pagesFolded < MAX_PAGES_FOLDED) ? this.pages.mostFrequent(size() / 4) : null;
	}

	/**
	 * The deepest folder that all of the paths are in.
	 * @param path one more path
	 * @return the folder with its last slash
	 */
	String folder(String path) {
		String common = commonWith(path);
		int question = common.indexOf('?');
		return common.substring(0, common.lastIndexOf('/', (question != -1) ? question : common.length()) + 1);
	}

	/**
	 * Counts anew after a page was folded, but remembers that it was.
	 */
	void pageFolded() {
		int folded = this.pagesFolded + 1;
		String common = this.common;
		clear();
		this.pagesFolded = folded;
		this.common = common;
	}

	void removeExpired(int now) {
		this.paths.removeExpired(now);
	}

	void clear() {
		this.paths = new Fingerprints();
		this.pages = new FrequentPages();
		this.pagesFolded = 0;
		this.wildcards = 0;
		this.common = null;
		this.nextLook = Long.MIN_VALUE;
	}

}
