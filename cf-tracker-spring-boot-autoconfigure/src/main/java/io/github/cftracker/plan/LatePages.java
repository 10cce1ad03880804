package io.github.cftracker.plan;

import java.util.Arrays;

/**
 * Pages whose first query string comes after other paths that begin with the page, as in
 * {@code /p}, {@code /p1}, {@code /p?x}. A single pass over the paths in order detects
 * too late that {@code /p} has a query string.
 */
final class LatePages {

	private long[] pages = new long[16];

	private int size;

	private int next;

	LatePages(PackedPaths paths) {
		for (int i = 1; i < paths.size(); i++) {
			int length = paths.common(i - 1, i);
			if (length > 1 && isPage(paths, i, length)) {
				int found = paths.find(PackedPaths.bytes(paths.prefix(i, length)));
				add((found >= 0) ? found : -found - 1, length);
			}
		}
		Arrays.sort(this.pages, 0, this.size);
	}

	/**
	 * Return the next page, if it begins at a path.
	 * @param start the first path that begins with the page
	 * @return the length of the page, {@link Integer#MAX_VALUE} if no page begins there
	 */
	int peek(int start) {
		boolean here = this.next < this.size && (int) (this.pages[this.next] >>> 32) == start;
		return here ? (int) this.pages[this.next] : Integer.MAX_VALUE;
	}

	void skip() {
		this.next++;
	}

	private void add(int start, int length) {
		if (this.size == this.pages.length) {
			this.pages = Arrays.copyOf(this.pages, 2 * this.size);
		}
		this.pages[this.size++] = (long) start << 32 | length;
	}

	/**
	 * Return whether a beginning is a page. If it ends in a slash it is a folder, which
	 * is detected in time.
	 */
	private static boolean isPage(PackedPaths paths, int index, int length) {
		if (length == paths.length(index) || paths.at(index, length) != '?' || paths.at(index, length - 1) == '/') {
			return false;
		}
		for (int i = 0; i < length; i++) {
			if (paths.at(index, i) == '?') {
				return false;
			}
		}
		return true;
	}

}
