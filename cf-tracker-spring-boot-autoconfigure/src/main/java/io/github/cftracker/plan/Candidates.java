package io.github.cftracker.plan;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Wildcards that may be chosen. Each is a common beginning of adjacent items, and shorter
 * than all of them. Two candidates either have no items in common, or one has all items
 * of the other and more.
 */
final class Candidates {

	private int[] starts = new int[64];

	private int[] ends = new int[64];

	private int[] lengths = new int[64];

	private int size;

	/**
	 * Add a candidate, unless the last one has the same items and so is the narrower one.
	 * @param start the first item under it
	 * @param end the first item after those under it
	 * @param length the length of the wildcard without its {@code *}
	 */
	void add(int start, int end, int length) {
		if (this.size > 0 && this.starts[this.size - 1] == start && this.ends[this.size - 1] == end) {
			return;
		}
		if (this.size == this.starts.length) {
			int capacity = this.size + (this.size >> 1);
			this.starts = Arrays.copyOf(this.starts, capacity);
			this.ends = Arrays.copyOf(this.ends, capacity);
			this.lengths = Arrays.copyOf(this.lengths, capacity);
		}
		this.starts[this.size] = start;
		this.ends[this.size] = end;
		this.lengths[this.size++] = length;
	}

	int size() {
		return this.size;
	}

	int start(int candidate) {
		return this.starts[candidate];
	}

	int end(int candidate) {
		return this.ends[candidate];
	}

	int length(int candidate) {
		return this.lengths[candidate];
	}

	int items(int candidate) {
		return this.ends[candidate] - this.starts[candidate];
	}

	/**
	 * Return the candidates by number of items, fewest first, then by length, longest
	 * first, and then in alphabetical order.
	 */
	int[] narrowestFirst() {
		Comparator<Integer> fewest = Comparator.comparingInt(this::items);
		return IntStream.range(0, this.size)
			.boxed()
			.sorted(fewest.thenComparing(this::length, Comparator.reverseOrder()))
			.mapToInt(Integer::intValue)
			.toArray();
	}

}
