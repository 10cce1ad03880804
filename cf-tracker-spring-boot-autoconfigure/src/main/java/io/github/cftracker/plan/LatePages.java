package io.github.cftracker.plan;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Pages whose first query string comes after other paths that begin with the page, as in
 * {@code /p}, {@code /p1}, {@code /p?x}. A single pass over the paths in order detects
 * too late that {@code /p} has a query string.
 */
final class LatePages {

	private long[] pages = new long[16];

	private int size;

	private int next;

	LatePages(List<String> paths) {
		for (int i = 1; i < paths.size(); i++) {
			String path = paths.get(i);
			int length = path.indexOf('?');
			if (length > 1 && isLate(path, length, paths.get(i - 1))) {
				int found = Collections.binarySearch(paths, path.substring(0, length));
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
	 * Return whether the path before begins with the page too, but without a query
	 * string. If the page ends in a slash it is a folder, which is detected in time.
	 */
	private static boolean isLate(String path, int length, String before) {
		return path.charAt(length - 1) != '/' && before.startsWith(path.substring(0, length))
				&& !before.startsWith("?", length);
	}

}
