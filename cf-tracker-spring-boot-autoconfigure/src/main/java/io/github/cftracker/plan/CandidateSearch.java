package io.github.cftracker.plan;

import java.util.Arrays;
import java.util.List;

/**
 * Search for the folders, pages, and pages with a question mark that begin at least two
 * items and nothing that was not selected. It makes one pass over the sorted items. The
 * beginnings of the current item that the next one may share are kept on a stack.
 */
final class CandidateSearch {

	private final List<String> items;

	private final int[] obstacles;

	private final LatePages latePages;

	private final Candidates found = new Candidates();

	private int[] starts = new int[16];

	private int[] lengths = new int[16];

	private int[] blocked = new int[16];

	private int depth;

	private CandidateSearch(List<String> items, int[] obstacles) {
		this.items = items;
		this.obstacles = obstacles;
		this.latePages = new LatePages(items);
	}

	/**
	 * Find the candidates.
	 * @param items the paths and wildcards, sorted
	 * @param obstacles for each item the length of its longest beginning that is not
	 * allowed
	 * @return the candidates, nested ones before the enclosing one
	 */
	static Candidates among(List<String> items, int[] obstacles) {
		CandidateSearch search = new CandidateSearch(items, obstacles);
		search.run();
		return search.found;
	}

	/**
	 * Return the length of the common beginning of two items.
	 */
	static int common(String item, String other) {
		int max = Math.min(item.length(), other.length());
		int length = 0;
		while (length < max && item.charAt(length) == other.charAt(length)) {
			length++;
		}
		return length;
	}

	private void run() {
		int before = 0;
		for (int i = 0; i < this.items.size(); i++) {
			int after = (i + 1 < this.items.size()) ? common(this.items.get(i), this.items.get(i + 1)) : 0;
			close(i, before);
			open(i, before, after);
			if (this.depth > 0) {
				block(this.obstacles[i]);
			}
			before = after;
		}
		close(this.items.size(), 0);
	}

	private void close(int end, int common) {
		while (this.depth > 0 && this.lengths[this.depth - 1] > common) {
			this.depth--;
			if (this.blocked[this.depth] < this.lengths[this.depth]) {
				add(this.starts[this.depth], end, this.lengths[this.depth]);
			}
			if (this.depth > 0) {
				block(this.blocked[this.depth]);
			}
		}
	}

	/**
	 * Add a candidate without its first item if that ends before the asterisk.
	 */
	private void add(int start, int end, int length) {
		int covered = (this.items.get(start).length() > length) ? start : start + 1;
		if (end - covered > 1) {
			this.found.add(covered, end, length);
		}
	}

	private void block(int length) {
		this.blocked[this.depth - 1] = Math.max(this.blocked[this.depth - 1], length);
	}

	/**
	 * Open the beginnings that the item shares with the next one, but not with the one
	 * before.
	 */
	private void open(int item, int before, int after) {
		String text = this.items.get(item);
		int end = isInQuery(item) ? 0 : Math.min(after + 1, text.length());
		boolean query = false;
		for (int i = Math.max(before, 1); i < end && !query; i++) {
			char character = text.charAt(i);
			query = character == '?';
			if (query && i > before && i > 1) {
				push(item, i);
			}
			if ((query || character == '/') && i < after) {
				push(item, i + 1);
			}
		}
		pushLatePages(item, Integer.MAX_VALUE);
	}

	/**
	 * Return whether the beginning that the item shares with the one before contains its
	 * question mark.
	 */
	private boolean isInQuery(int item) {
		return this.depth > 0 && this.items.get(item).charAt(this.lengths[this.depth - 1] - 1) == '?';
	}

	private void push(int item, int length) {
		pushLatePages(item, length);
		if (this.depth == 0 || this.lengths[this.depth - 1] < length) {
			pushNow(item, length);
		}
	}

	private void pushLatePages(int item, int limit) {
		while (this.latePages.peek(item) < limit) {
			int length = this.latePages.peek(item);
			this.latePages.skip();
			pushNow(item, length);
		}
	}

	private void pushNow(int item, int length) {
		if (this.depth == this.lengths.length) {
			this.starts = Arrays.copyOf(this.starts, 2 * this.depth);
			this.lengths = Arrays.copyOf(this.lengths, 2 * this.depth);
			this.blocked = Arrays.copyOf(this.blocked, 2 * this.depth);
		}
		this.starts[this.depth] = item;
		this.lengths[this.depth] = length;
		this.blocked[this.depth++] = 0;
	}

}
