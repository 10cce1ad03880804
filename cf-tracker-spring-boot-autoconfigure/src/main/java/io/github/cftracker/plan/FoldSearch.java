package io.github.cftracker.plan;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Chooses as few wildcards as save enough items, and of those the narrowest: the widest
 * ones until they suffice, then each, the last one first, is exchanged for the narrowest
 * that still does.
 */
final class FoldSearch {

	/**
	 * With a hundred thousand unsafe candidates in the way of thousands of chosen ones it
	 * would take minutes to exchange all.
	 */
	private static final int MAX_LOOKS = 3_000_000;

	private static final byte SAFE = 1;

	private static final byte UNSAFE = 2;

	private final PackedPaths items;

	private final Candidates candidates;

	private final Predicate<String> safety;

	private final long[] narrowestFirst;

	private final byte[] verdicts;

	/**
	 * By the first item under them.
	 */
	private final TreeMap<Integer, Integer> chosen = new TreeMap<>();

	private long saved;

	private int looks;

	FoldSearch(PackedPaths items, Candidates candidates, Predicate<String> safety) {
		this.items = items;
		this.candidates = candidates;
		this.safety = safety;
		this.narrowestFirst = candidates.narrowestFirst();
		this.verdicts = new byte[candidates.size()];
	}

	/**
	 * Chooses candidates.
	 * @param need how many items are to be saved
	 * @param max how many candidates may be chosen
	 * @return those chosen, in alphabetical order
	 */
	Collection<Integer> choose(long need, int max) {
		List<Integer> widest = chooseWidest(need, max);
		for (int i = widest.size() - 1; i >= 0 && this.saved > need && this.looks < MAX_LOOKS; i--) {
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
	 * The narrowest candidate that is allowed and saves so many items. There is one.
	 */
	private int narrowest(long saving) {
		int i = firstWith(saving + 1);
		while (!isAllowed(candidate(i))) {
			i++;
			this.looks++;
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
			String prefix = this.items.prefix(this.candidates.start(candidate), this.candidates.length(candidate));
			this.verdicts[candidate] = this.safety.test(prefix) ? SAFE : UNSAFE;
		}
		return this.verdicts[candidate] == SAFE;
	}

	/**
	 * Where those begin in the order that have so many items or more.
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
		return (int) this.narrowestFirst[index];
	}

	private int items(int index) {
		return this.candidates.items(candidate(index));
	}

}
