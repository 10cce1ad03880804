package io.github.cftracker.plan;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * Selected wildcards that no other selected wildcard covers, with the number of items
 * that each covers.
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
	 * Count a selected item for the wildcard that covers it.
	 * @return whether a wildcard covers it
	 */
	boolean absorbs(String item) {
		int index = this.wildcards.covering(item);
		if (index != -1) {
			this.covered[index]++;
		}
		return index != -1;
	}

	/**
	 * Return the plan after all selected items were counted.
	 * @param paths number of selected items
	 * @param chosen the chosen wildcards, with the number of items under each
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
