package io.github.cftracker.plan;

import java.util.List;
import java.util.Map;

/**
 * Wildcards to send. Every selected item that none of them covers is sent exactly. Only
 * the wildcards are kept in memory, so exact paths are tested one by one.
 */
public final class Plan {

	private final WildcardSet wildcards;

	private final long[] covered;

	private final long paths;

	private final long exactItems;

	private final long items;

	/**
	 * Create a plan.
	 * @param covered number of selected items under each wildcard
	 * @param paths number of selected items
	 * @param exactItems number of items to send without chosen wildcards
	 * @param items number of items to send
	 */
	Plan(Map<String, Long> covered, long paths, long exactItems, long items) {
		this.wildcards = WildcardSet.of(covered.keySet());
		this.covered = this.wildcards.toList().stream().mapToLong(covered::get).toArray();
		this.paths = paths;
		this.exactItems = exactItems;
		this.items = items;
	}

	/**
	 * Return the chosen wildcards, and the selected ones that no other wildcard covers.
	 * @return the wildcards with their {@code *}, in alphabetical order
	 */
	public List<String> wildcards() {
		return this.wildcards.toList();
	}

	/**
	 * Return whether an item need not be sent, because a wildcard that is sent covers it.
	 * A wildcard does not cover the path that ends before its asterisk.
	 * @param path a path, a wildcard or a tag
	 * @return whether a wildcard of the plan covers it, other than the item itself
	 */
	public boolean covers(String path) {
		return this.wildcards.covering(path) != -1;
	}

	/**
	 * Return the number of billed items: the wildcards, and the selected items that no
	 * wildcard covers.
	 * @return the number of items
	 */
	public long items() {
		return this.items;
	}

	/**
	 * Return the number of selected paths, wildcards and tags. Duplicates are counted
	 * once, unless every path is exact, because then no path is kept in memory.
	 * @return the number of paths
	 */
	public long paths() {
		return this.paths;
	}

	/**
	 * Return the number of items that would be billed without the chosen wildcards.
	 * @return the number of items
	 */
	public long exactItems() {
		return this.exactItems;
	}

	/**
	 * Return the number of selected items under a wildcard, without the wildcard itself.
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
