package io.github.cftracker.plan;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import io.github.cftracker.distribution.WildcardSafety;

/**
 * Search for the fewest and narrowest wildcards that save enough items. It chooses the
 * widest ones until they suffice, and then replaces each of them, the last one first,
 * with the narrowest that still suffices.
 */
final class FoldSearch {

	/**
	 * Maximum number of candidates to skip. With a hundred thousand unsafe candidates
	 * between thousands of chosen ones, it would take minutes to replace all.
	 */
	private static final int MAX_SKIPPED = 3_000_000;

	private static final byte SAFE = 1;

	private static final byte UNSAFE = 2;

	private final List<String> items;

	private final Candidates candidates;

	private final WildcardSafety safety;

	private final int[] narrowestFirst;

	private final byte[] verdicts;

	/**
	 * Chosen candidates by the first item under them.
	 */
	private final TreeMap<Integer, Integer> chosen = new TreeMap<>();

	private long saved;

	private int skipped;

	FoldSearch(List<String> items, Candidates candidates, WildcardSafety safety) {
		this.items = items;
		this.candidates = candidates;
		this.safety = safety;
		this.narrowestFirst = candidates.narrowestFirst();
		this.verdicts = new byte[candidates.size()];
	}

	/**
	 * Choose candidates.
	 * @param need number of items to save
	 * @param max maximum number of candidates to choose
	 * @return the chosen candidates, in alphabetical order
	 */
	Collection<Integer> choose(long need, int max) {
		List<Integer> widest = chooseWidest(need, max);
		for (int i = widest.size() - 1; i >= 0 && this.saved > need && this.skipped < MAX_SKIPPED; i--) {
			exchange(widest.get(i), need);
		}
		return this.chosen.values();
	}

	private List<Integer> chooseWidest(long need, int max) {
		List<Integer> all = new ArrayList<>();
		for (int end = this.narrowestFirst.length; end > 0;) {
			int begin = firstWith(items(end - 1));
			for (int i = begin; i < end; i++) {
				if (this.saved >= need || all.size() == max) {
					return all;
				}
				if (isAllowed(candidate(i))) {
					choose(candidate(i));
					all.add(candidate(i));
				}
			}
			end = begin;
		}
		return all;
	}

	private void exchange(int candidate, long need) {
		this.chosen.remove(this.candidates.start(candidate));
		this.saved -= this.candidates.items(candidate) - 1;
		choose(narrowest(need - this.saved));
	}

	private void choose(int candidate) {
		this.chosen.put(this.candidates.start(candidate), candidate);
		this.saved += this.candidates.items(candidate) - 1;
	}

	/**
	 * Return the narrowest allowed candidate that saves the given number of items, which
	 * must exist.
	 */
	private int narrowest(long saving) {
		int i = firstWith(saving + 1);
		while (!isAllowed(candidate(i))) {
			i++;
			this.skipped++;
		}
		return candidate(i);
	}

	private boolean isAllowed(int candidate) {
		Map.Entry<Integer, Integer> before = this.chosen.lowerEntry(this.candidates.end(candidate));
		return (before == null || this.candidates.end(before.getValue()) <= this.candidates.start(candidate))
				&& isSafe(candidate);
	}

	private boolean isSafe(int candidate) {
		if (this.verdicts[candidate] == 0) {
			String prefix = this.items.get(this.candidates.start(candidate))
				.substring(0, this.candidates.length(candidate));
			this.verdicts[candidate] = this.safety.isSafe(prefix) ? SAFE : UNSAFE;
		}
		return this.verdicts[candidate] == SAFE;
	}

	/**
	 * Return the first position in the order with at least the given number of items.
	 */
	private int firstWith(long items) {
		int from = 0;
		int to = this.narrowestFirst.length;
		while (from < to) {
			int middle = (from + to) >>> 1;
			if (items(middle) < items) {
				from = middle + 1;
			}
			else {
				to = middle;
			}
		}
		return from;
	}

	private int candidate(int index) {
		return this.narrowestFirst[index];
	}

	private int items(int index) {
		return this.candidates.items(candidate(index));
	}

}
