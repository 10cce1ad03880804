package io.github.cftracker.tracking;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The paths of one route, or of one folder where a route has many: how many there are,
 * and what they have in common.
 */
final class Variants {

	private static final int MAX_PAGES_FOLDED = 8;

	private static final long LOOK_INTERVAL = 1000;

	private final Map<String, Integer> pages = new HashMap<>();

	private final String name;

	private Fingerprints paths = new Fingerprints();

	private int folded;

	private int pagesFolded;

	private @Nullable String common;

	private long nextLook = Long.MIN_VALUE;

	Variants(String name) {
		this.name = name;
	}

	String name() {
		return this.name;
	}

	/**
	 * How many paths there are that no wildcard stands for.
	 */
	int size() {
		return Math.max(0, this.paths.size() - this.folded);
	}

	/**
	 * How many are remembered.
	 */
	int remembered() {
		return this.paths.size();
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

	boolean renew(long hash, int expiry) {
		return this.paths.renew(hash, expiry);
	}

	void add(String path, long hash, int expiry) {
		this.paths.add(hash, expiry);
		int question = path.indexOf('?');
		if (question != -1) {
			this.pages.merge(path.substring(0, question + 1), 1, Integer::sum);
		}
		this.common = commonWith(path);
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
	 * The page that a fair share of the paths are of, with different query strings.
	 * @return the page with its question mark, {@code null} if there is none
	 */
	@Nullable String page() {
		return (this.pagesFolded == MAX_PAGES_FOLDED) ? null
				: this.pages.entrySet()
					.stream()
					.max(Comparator.comparingInt(Map.Entry::getValue))
					.filter((page) -> page.getValue() * 4 >= size())
					.map(Map.Entry::getKey)
					.orElse(null);
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

	void pageFolded(String page) {
		Integer folded = this.pages.remove(page);
		this.folded += (folded != null) ? folded : 0;
		this.pagesFolded++;
		this.nextLook = Long.MIN_VALUE;
	}

	void removeExpired(int now) {
		int before = this.paths.size();
		this.paths.removeExpired(now);
		this.folded = Math.max(0, this.folded - (before - this.paths.size()));
		if (this.pages.size() > this.paths.size()) {
			this.pages.clear();
		}
	}

	void clear() {
		this.paths = new Fingerprints();
		this.pages.clear();
		this.folded = 0;
		this.pagesFolded = 0;
		this.common = null;
		this.nextLook = Long.MIN_VALUE;
	}

}
