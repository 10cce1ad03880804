package io.github.cftracker.plan;

import java.util.List;
import java.util.Map;

/**
 * Which wildcards are sent: everything selected that none of them covers is sent as it
 * is. Only the wildcards are kept, so the exact paths have to be asked about one by one.
 */
public final class Plan {

	private final WildcardSet wildcards;

	private final long[] covered;

	private final long paths;

	private final long exactItems;

	private final long items;

	/**
	 * Create a plan.
	 * @param covered how much of what is selected is under each wildcard
	 * @param paths how much is selected
	 * @param exactItems what it comes to without a wildcard of ours
	 * @param items what it comes to
	 */
	Plan(Map<String, Long> covered, long paths, long exactItems, long items) {
		this.wildcards = WildcardSet.of(covered.keySet());
		this.covered = this.wildcards.toList().stream().mapToLong(covered::get).toArray();
		this.paths = paths;
		this.exactItems = exactItems;
		this.items = items;
	}

	/**
	 * The wildcards: those selected that no other covers, and those chosen.
	 * @return the wildcards with their {@code *}, in alphabetical order
	 */
	public List<String> wildcards() {
		return this.wildcards.toList();
	}

	/**
	 * Whether an item need not be sent, because a wildcard is that covers it. None covers
	 * the path that ends before its asterisk.
	 * @param path a path, a wildcard or a tag
	 * @return whether a wildcard of the plan covers it, other than the item itself
	 */
	public boolean covers(String path) {
		return this.wildcards.covering(path) != -1;
	}

	/**
	 * What is billed: the wildcards, and what is selected that none covers.
	 * @return the number of items
	 */
	public long items() {
		return this.items;
	}

	/**
	 * How many paths, wildcards and tags are selected, each once. Where every path is
	 * exact, each as often as the source names it, since none is remembered.
	 * @return the number of paths
	 */
	public long paths() {
		return this.paths;
	}

	/**
	 * What would be billed without the chosen wildcards: what is selected and under no
	 * selected wildcard.
	 * @return the number of items
	 */
	public long exactItems() {
		return this.exactItems;
	}

	/**
	 * How much of what is selected is under a wildcard, other than the wildcard itself.
	 * @param wildcard one of the plan's wildcards
	 * @return the number of paths and wildcards
	 */
	public long covered(String wildcard) {
		int index = this.wildcards.indexOf(wildcard);
		if (index < 0) {
			throw new IllegalArgumentException("Not a wildcard of this plan: '%s'".formatted(wildcard));
		}
		return this.covered[index];
	}

}
