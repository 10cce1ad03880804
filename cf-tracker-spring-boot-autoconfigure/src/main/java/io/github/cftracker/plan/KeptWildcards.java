package io.github.cftracker.plan;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * The selected wildcards that no other selected one covers, and how much each covers.
 */
final class KeptWildcards {

	private final WildcardSet wildcards;

	private final long[] covered;

	KeptWildcards(Collection<String> selected) {
		this.wildcards = WildcardSet.of(selected);
		this.covered = new long[this.wildcards.size()];
	}

	boolean covers(String item) {
		return this.wildcards.covering(item) != -1;
	}

	/**
	 * Counts a selected item for the wildcard that covers it.
	 * @return whether there is one
	 */
	boolean absorbs(String item) {
		int index = this.wildcards.covering(item);
		if (index != -1) {
			this.covered[index]++;
		}
		return index != -1;
	}

	/**
	 * The plan, when all that is selected was counted.
	 * @param paths how many items are selected
	 * @param chosen the chosen wildcards, and how many items are under each of them
	 */
	Plan plan(long paths, Map<String, Long> chosen) {
		WildcardSet wider = WildcardSet.of(chosen.keySet());
		Map<String, Long> all = new HashMap<>(chosen);
		for (int i = 0; i < this.covered.length; i++) {
			int index = wider.covering(this.wildcards.get(i));
			all.merge((index != -1) ? wider.get(index) : this.wildcards.get(i), this.covered[i], Long::sum);
		}
		long exactItems = paths - sum(this.covered);
		long items = paths - sum(all.values().stream().mapToLong(Long::longValue).toArray()) + chosen.size();
		return new Plan(all, paths, exactItems, items);
	}

	private static long sum(long[] numbers) {
		long sum = 0;
		for (long number : numbers) {
			sum += number;
		}
		return sum;
	}

}
