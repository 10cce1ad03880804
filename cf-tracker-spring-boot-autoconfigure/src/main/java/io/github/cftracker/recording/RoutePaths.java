package io.github.cftracker.recording;

import io.github.cftracker.Selection;
import org.jspecify.annotations.Nullable;

/**
 * The paths of one route, or of one folder where a route has many: how many there are,
 * and what they have in common. Wildcards that single paths are widened to are counted
 * apart from exact paths.
 */
final class RoutePaths {

	private static final int MAX_PAGES_FOLDED = 8;

	static final int MAX_WILDCARDS = 10;

	private static final long LOOK_INTERVAL = 1000;

	private final String name;

	private Fingerprints paths = new Fingerprints();

	private FrequentPages pages = new FrequentPages();

	private int pagesFolded;

	private @Nullable String common;

	private Fingerprints wildcards = new Fingerprints();

	private @Nullable String commonOfWildcards;

	private long nextLook = Long.MIN_VALUE;

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
	 * Return whether there are as many wildcards as there may be. CloudFront accepts one
	 * a second.
	 */
	boolean isFullOfWildcards(int now) {
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
		String common = common(this.common, path);
		int question = common.indexOf('?');
		return common.substring(0, common.lastIndexOf('/', (question != -1) ? question : common.length()) + 1);
	}

	/**
	 * Return the page, or else the deepest folder, that all of the wildcards are in.
	 * @param path one more wildcard
	 * @return the page with its question mark, or the folder with its last slash
	 */
	String placeOfWildcards(String path) {
		String common = common(this.commonOfWildcards, path);
		int question = common.indexOf('?');
		return common.substring(0, ((question != -1) ? question : common.lastIndexOf('/')) + 1);
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
		this.wildcards.removeExpired(now);
	}

	void clear() {
		this.paths = new Fingerprints();
		this.pages = new FrequentPages();
		this.pagesFolded = 0;
		this.common = null;
		this.wildcards = new Fingerprints();
		this.commonOfWildcards = null;
		this.nextLook = Long.MIN_VALUE;
	}

}
