package io.github.cftracker.plan;

/**
 * Merge sort of primitive references to values that are kept elsewhere. It needs memory
 * for a second copy of the references.
 */
final class LongSort {

	private static final int SMALL = 8;

	private final Order order;

	private LongSort(Order order) {
		this.order = order;
	}

	static void sort(long[] values, int size, Order order) {
		new LongSort(order).sort(values, new long[size], 0, size);
	}

	private void sort(long[] values, long[] room, int from, int to) {
		if (to - from <= SMALL) {
			insert(values, from, to);
			return;
		}
		int middle = (from + to) >>> 1;
		sort(values, room, from, middle);
		sort(values, room, middle, to);
		if (this.order.compare(values[middle - 1], values[middle]) > 0) {
			merge(values, room, from, middle, to);
		}
	}

	private void insert(long[] values, int from, int to) {
		for (int i = from + 1; i < to; i++) {
			long value = values[i];
			int j = i;
			while (j > from && this.order.compare(values[j - 1], value) > 0) {
				values[j] = values[j - 1];
				j--;
			}
			values[j] = value;
		}
	}

	private void merge(long[] values, long[] room, int from, int middle, int to) {
		System.arraycopy(values, from, room, from, middle - from);
		int left = from;
		int right = middle;
		int next = from;
		while (left < middle) {
			boolean takeRight = right < to && this.order.compare(room[left], values[right]) > 0;
			values[next++] = takeRight ? values[right++] : room[left++];
		}
	}

	/**
	 * Order of two references.
	 */
	@FunctionalInterface
	interface Order {

		int compare(long left, long right);

	}

}
