package io.github.cftracker.recording;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.cftracker.tracking.PathHash;
import org.jspecify.annotations.Nullable;

/**
 * Changes of paths, one per path, in a few arrays: as objects they would live long enough
 * for the garbage collector to copy them again and again, while pages wait for it. To be
 * used again, so that the arrays grow old in one place.
 */
final class PackedChangeLog {

	private static final int ROOM = 64;

	private static final int NUMBERS = 6;

	private static final int TRACK_UNTIL = 0;

	private static final int EXPIRE_AT = 1;

	private static final int STARTED_AT = 2;

	private static final int WRITE = 3;

	private static final int WRITTEN_AT = 4;

	/**
	 * The end of the path in the upper half, the number of its label in the lower.
	 */
	private static final int PLACE = 5;

	private static final long TAKEN = -1;

	private final Map<Label, Integer> numberByLabel = new HashMap<>();

	private final List<Label> labels = new ArrayList<>();

	private long[] numbers = new long[ROOM * NUMBERS];

	private byte[] paths = new byte[ROOM * 64];

	// Twice as many as there are changes: the number of one, from 1, 0 for none
	private int[] slots = new int[2 * ROOM];

	private int size;

	private int taken;

	/**
	 * Forgets everything, but keeps the room for it, unless that was far too much.
	 */
	void clear() {
		if (this.size * 8 < room()) {
			this.numbers = new long[ROOM * NUMBERS];
			this.paths = new byte[ROOM * 64];
			this.slots = new int[2 * ROOM];
		}
		this.numberByLabel.clear();
		this.labels.clear();
		Arrays.fill(this.slots, 0);
		this.size = 0;
		this.taken = 0;
	}

	/**
	 * For how many there is room.
	 */
	int room() {
		return this.numbers.length / NUMBERS;
	}

	/**
	 * How many there are.
	 */
	int size() {
		return this.size - this.taken;
	}

	/**
	 * Adds what was written about a path to what is there about it.
	 * @param pending what was written
	 * @param write the number of the write, from 1
	 * @param now the time, in ms
	 */
	void add(Pending pending, long write, long now) {
		PendingChange change = pending.change();
		byte[] bytes = pending.path().getBytes(StandardCharsets.UTF_8);
		int slot = slot(bytes, pending.fingerprint());
		if (this.slots[slot] != 0) {
			int known = this.slots[slot] - 1;
			boolean isNew = number(known, WRITE) == TAKEN;
			this.taken -= isNew ? 1 : 0;
			set(known, end(known), isNew ? change : change(known).then(change), write,
					isNew ? now : number(known, WRITTEN_AT));
			return;
		}
		int start = (this.size > 0) ? end(this.size - 1) : 0;
		reserve(start + bytes.length);
		System.arraycopy(bytes, 0, this.paths, start, bytes.length);
		set(this.size, start + bytes.length, change, write, now);
		this.slots[slot] = ++this.size;
		if (this.size * 2 > this.slots.length) {
			rebuildSlots();
		}
	}

	/**
	 * Takes out what was written after a write.
	 * @param kept the number of the write
	 * @param action told about each
	 */
	void takeAfter(long kept, Action action) {
		for (int i = 0; i < this.size; i++) {
			if (number(i, WRITE) > kept) {
				action.accept(path(i), change(i), number(i, WRITTEN_AT));
				this.numbers[i * NUMBERS + WRITE] = TAKEN;
				this.taken++;
			}
		}
	}

	private void set(int index, int end, PendingChange change, long write, long writtenAt) {
		int first = index * NUMBERS;
		this.numbers[first + TRACK_UNTIL] = change.trackUntil();
		this.numbers[first + EXPIRE_AT] = change.expireAt();
		this.numbers[first + STARTED_AT] = change.startedAt();
		this.numbers[first + WRITE] = write;
		this.numbers[first + WRITTEN_AT] = writtenAt;
		this.numbers[first + PLACE] = ((long) end << 32) | label(change.route(), change.tags());
	}

	private int label(@Nullable String route, Set<String> tags) {
		return this.numberByLabel.computeIfAbsent(new Label(route, tags), (label) -> {
			this.labels.add(label);
			return this.labels.size() - 1;
		});
	}

	private PendingChange change(int index) {
		Label label = this.labels.get((int) number(index, PLACE));
		return PendingChange.of(number(index, TRACK_UNTIL), number(index, EXPIRE_AT), number(index, STARTED_AT),
				label.route(), label.tags());
	}

	private String path(int index) {
		int start = (index > 0) ? end(index - 1) : 0;
		return new String(this.paths, start, end(index) - start, StandardCharsets.UTF_8);
	}

	private int end(int index) {
		return (int) (number(index, PLACE) >>> 32);
	}

	private long number(int index, int which) {
		return this.numbers[index * NUMBERS + which];
	}

	private void reserve(int bytes) {
		if (bytes > this.paths.length) {
			this.paths = Arrays.copyOf(this.paths, Math.max(bytes, 2 * this.paths.length));
		}
		if ((this.size + 1) * NUMBERS > this.numbers.length) {
			this.numbers = Arrays.copyOf(this.numbers, 2 * this.numbers.length);
		}
	}

	private int slot(byte[] path, long hash) {
		int mask = this.slots.length - 1;
		int slot = (int) (hash ^ (hash >>> 32)) & mask;
		while (this.slots[slot] != 0 && !isAt(this.slots[slot] - 1, path)) {
			slot = (slot + 1) & mask;
		}
		return slot;
	}

	private boolean isAt(int index, byte[] path) {
		int start = (index > 0) ? end(index - 1) : 0;
		return Arrays.equals(this.paths, start, end(index), path, 0, path.length);
	}

	private void rebuildSlots() {
		this.slots = new int[2 * this.slots.length];
		for (int i = 0; i < this.size; i++) {
			String path = path(i);
			this.slots[slot(path.getBytes(StandardCharsets.UTF_8), PathHash.of(path))] = i + 1;
		}
	}

	/**
	 * What is done with a change.
	 */
	@FunctionalInterface
	interface Action {

		/**
		 * Called for each.
		 * @param path the path
		 * @param change what was written about it
		 * @param writtenAt when the first of it was, in ms
		 */
		void accept(String path, PendingChange change, long writtenAt);

	}

	/**
	 * What few changes have to themselves.
	 *
	 * @param route the route, {@code null} for none
	 * @param tags the cache tags
	 */
	private record Label(@Nullable String route, Set<String> tags) {
	}

}
