package io.github.cftracker.recording;

import io.github.cftracker.Selection;
import org.jspecify.annotations.Nullable;

/**
 * Number of paths of one route, or of one folder where a route has many, and what they
 * have in common. Wildcards that CloudFront requires for single paths are counted
 * separately from exact paths.
 * <p>
 * What it buys: 1.8 KB for a route and 26 bytes for each of its paths, so 26 MB for a
 * million paths whose strings would take 170 MB.
 */
final class RoutePaths {

	private static final int MAX_PAGES_REPLACED = 8;

	static final int MAX_WILDCARDS = 10;

	private static final long REDUCTION_INTERVAL = 1000;

	private final String name;

	private Fingerprints paths = new Fingerprints();

	private FrequentPages pages = new FrequentPages();

	private int pagesReplaced;

	private @Nullable String common;

	private Fingerprints wildcards = new Fingerprints();

	private @Nullable String commonOfWildcards;

	private long nextReduction = Long.MIN_VALUE;

	RoutePaths(String name) {
		this.name = name;
	}

	String name() {
		return this.name;
	}

	/**
	 * Return the number of exact paths.
	 */
	int size() {
		return this.paths.size();
	}

	/**
	 * Return the number of exact paths and wildcards.
	 */
	int remembered() {
		return this.paths.size() + this.wildcards.size();
	}

	/**
	 * Extend the lifetime of a path.
	 * @return whether the path is counted
	 */
	boolean renew(long hash, int expiry) {
		return this.paths.renew(hash, expiry) || this.wildcards.renew(hash, expiry);
	}

	void add(String path, long hash, int expiry) {
		if (Selection.isWildcard(path)) {
			this.wildcards.add(hash, expiry);
			this.commonOfWildcards = common(this.commonOfWildcards, path);
			return;
		}
		this.paths.add(hash, expiry);
		int question = path.indexOf('?');
		if (question != -1) {
			this.pages.add(path, question + 1);
		}
		this.common = common(this.common, path);
	}

	/**
	 * Return whether no more wildcards are allowed, without those that have expired.
	 * CloudFront accepts one a second.
	 */
	boolean hasMostWildcards(int now) {
		if (this.wildcards.size() >= MAX_WILDCARDS) {
			this.wildcards.removeExpired(now);
		}
		return this.wildcards.size() >= MAX_WILDCARDS;
	}

	private static String common(@Nullable String known, String path) {
		if (known == null) {
			return path;
		}
		int end = 0;
		while (end < path.length() && end < known.length() && path.charAt(end) == known.charAt(end)) {
			end++;
		}
		return known.substring(0, end);
	}

	/**
	 * Begin to reduce the number of paths, once a second until it helps.
	 * @return whether to try now
	 */
	boolean beginReduction(long now) {
		if (now < this.nextReduction) {
			return false;
		}
		this.nextReduction = now + REDUCTION_INTERVAL;
		return true;
	}

	/**
	 * Allow the next reduction at once.
	 */
	void reduced() {
		this.nextReduction = Long.MIN_VALUE;
	}

	/**
	 * Return the page to which a quarter of the paths or more belong, with different
	 * query strings.
	 * @return the page with its question mark, {@code null} if there is none
	 */
	@Nullable String page() {
		return (this.pagesReplaced < MAX_PAGES_REPLACED) ? this.pages.mostFrequent(size() / 4) : null;
	}

	/**
	 * Return the deepest folder that contains all of the paths.
	 * @param path one more path
	 * @return the folder with its last slash
	 */
	String folder(String path) {
		String common = common(this.common, path);
		int question = common.indexOf('?');
		return common.substring(0, common.lastIndexOf('/', (question != -1) ? question : common.length()) + 1);
	}

	/**
	 * Return the page, or else the deepest folder, that contains all of the wildcards.
	 * @param path one more wildcard
	 * @return the page with its question mark, or the folder with its last slash
	 */
	String prefixOfWildcards(String path) {
		String common = common(this.commonOfWildcards, path);
		int question = common.indexOf('?');
		return common.substring(0, ((question != -1) ? question : common.lastIndexOf('/')) + 1);
	}

	/**
	 * Count again after a wildcard has replaced a page, but remember that it has.
	 */
	void pageReplaced() {
		int replaced = this.pagesReplaced + 1;
		String common = this.common;
		clear();
		this.pagesReplaced = replaced;
		this.common = common;
	}

	void removeExpired(int now) {
		this.paths.removeExpired(now);
		this.wildcards.removeExpired(now);
	}

	void clear() {
		this.paths = new Fingerprints();
		this.pages = new FrequentPages();
		this.pagesReplaced = 0;
		this.common = null;
		this.wildcards = new Fingerprints();
		this.commonOfWildcards = null;
		this.nextReduction = Long.MIN_VALUE;
	}

}
