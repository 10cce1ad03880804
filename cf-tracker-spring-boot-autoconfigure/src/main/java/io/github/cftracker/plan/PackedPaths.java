package io.github.cftracker.plan;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * List of paths in little memory. Each path takes as many bytes as it has characters, and
 * eight for a reference. Once sorted, the paths are numbered from 0 in the order of their
 * bytes.
 */
final class PackedPaths {

	/**
	 * Small enough not to be a humongous object of the garbage collector, which would
	 * take up to twice the memory.
	 */
	private static final int CHUNK = 1 << 18;

	private static final int MAX_LENGTH = (1 << 16) - 1;

	private final List<byte[]> chunks = new ArrayList<>();

	private int used = CHUNK;

	/**
	 * References: the number of the chunk, 18 bits for the position in it, and 16 bits
	 * for the length.
	 */
	private long[] references = new long[64];

	private int size;

	void add(String path) {
		byte[] text = bytes(path);
		if (text.length > MAX_LENGTH) {
			throw new IllegalArgumentException(
					"Path must not be longer than %,d characters, but has %,d".formatted(MAX_LENGTH, text.length));
		}
		if (this.used + text.length > CHUNK) {
			this.chunks.add(new byte[CHUNK]);
			this.used = 0;
		}
		System.arraycopy(text, 0, this.chunks.get(this.chunks.size() - 1), this.used, text.length);
		if (this.size == this.references.length) {
			this.references = Arrays.copyOf(this.references, this.size + (this.size >> 1));
		}
		this.references[this.size++] = (this.chunks.size() - 1L) << 34 | (long) this.used << 16 | text.length;
		this.used += text.length;
	}

	/**
	 * Sort the paths and remove duplicates.
	 */
	void sort() {
		LongSort.sort(this.references, this.size, this::compare);
		removeIf((index) -> index > 0 && compare(this.references[index - 1], this.references[index]) == 0);
	}

	/**
	 * Remove the paths that match a condition, which may read the tested path and the one
	 * before.
	 */
	void removeIf(IntPredicate condition) {
		int kept = 0;
		for (int i = 0; i < this.size; i++) {
			if (!condition.test(i)) {
				this.references[kept++] = this.references[i];
			}
		}
		this.size = kept;
	}

	int size() {
		return this.size;
	}

	String get(int index) {
		return prefix(index, length(index));
	}

	String prefix(int index, int length) {
		long reference = this.references[index];
		return new String(chunk(reference), offset(reference), length, StandardCharsets.UTF_8);
	}

	int length(int index) {
		return length(this.references[index]);
	}

	byte at(int index, int position) {
		long reference = this.references[index];
		return chunk(reference)[offset(reference) + position];
	}

	/**
	 * Return the length of the common beginning of two paths.
	 */
	int common(int index, int other) {
		long right = this.references[other];
		return common(index, chunk(right), offset(right), length(right));
	}

	int common(int index, byte[] text) {
		return common(index, text, 0, text.length);
	}

	private int common(int index, byte[] text, int from, int length) {
		long left = this.references[index];
		int mismatch = Arrays.mismatch(chunk(left), offset(left), offset(left) + length(left), text, from,
				from + length);
		return (mismatch != -1) ? mismatch : length;
	}

	/**
	 * Find the number of a path.
	 * @return the number, or {@code -number - 1} of the first path after it
	 */
	int find(byte[] text) {
		int from = 0;
		int to = this.size - 1;
		while (from <= to) {
			int middle = (from + to) >>> 1;
			long reference = this.references[middle];
			int order = Arrays.compareUnsigned(chunk(reference), offset(reference),
					offset(reference) + length(reference), text, 0, text.length);
			if (order == 0) {
				return middle;
			}
			if (order < 0) {
				from = middle + 1;
			}
			else {
				to = middle - 1;
			}
		}
		return -from - 1;
	}

	static byte[] bytes(String path) {
		return path.getBytes(StandardCharsets.UTF_8);
	}

	private int compare(long left, long right) {
		return Arrays.compareUnsigned(chunk(left), offset(left), offset(left) + length(left), chunk(right),
				offset(right), offset(right) + length(right));
	}

	private byte[] chunk(long reference) {
		return this.chunks.get((int) (reference >>> 34));
	}

	private static int offset(long reference) {
		return (int) (reference >>> 16) & (CHUNK - 1);
	}

	private static int length(long reference) {
		return (int) reference & MAX_LENGTH;
	}

}
