package io.github.cftracker.plan;

import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Beginnings of the selected paths that must not become wildcards, because a tracked path
 * that was not selected has the same beginning. Of the unselected items, only wildcards
 * are kept in memory.
 */
final class Obstacles {

	private final List<String> selected;

	private final KeptWildcards kept;

	private final int[] shared;

	private final Set<String> wildcards = new HashSet<>();

	private Obstacles(List<String> selected, KeptWildcards kept) {
		this.selected = selected;
		this.kept = kept;
		this.shared = new int[selected.size()];
	}

	/**
	 * Find the obstacles.
	 * @param others the unselected items; selected ones among them have no effect
	 * @param selected the selected paths and wildcards, sorted
	 * @param kept the wildcards that are sent anyway; items that they cover are not
	 * obstacles
	 * @return for each selected path the length of its longest beginning that an
	 * unselected item has too
	 */
	static int[] between(PathSource others, List<String> selected, KeptWildcards kept) {
		Obstacles obstacles = new Obstacles(selected, kept);
		others.forEach(obstacles::add);
		WildcardSet.of(obstacles.wildcards).toList().forEach(obstacles::blockBelow);
		return obstacles.shared;
	}

	private void add(String other) {
		if (WildcardSet.isTag(other) || this.kept.covers(other)) {
			return;
		}
		int index = Collections.binarySearch(this.selected, other);
		if (index >= 0) {
			return;
		}
		if (WildcardSet.isWildcard(other)) {
			this.wildcards.add(other);
		}
		// The longest common beginnings are those with the adjacent paths
		int next = -index - 1;
		if (next > 0) {
			share(next - 1, other);
		}
		if (next < this.shared.length) {
			share(next, other);
		}
	}

	private void share(int index, String other) {
		int common = CandidateSearch.common(this.selected.get(index), other);
		this.shared[index] = Math.max(this.shared[index], common);
	}

	/**
	 * Block everything below an unselected wildcard, which replaces unknown paths.
	 */
	private void blockBelow(String wildcard) {
		String prefix = wildcard.substring(0, wildcard.length() - 1);
		int found = Collections.binarySearch(this.selected, prefix);
		int index = (found >= 0) ? found : -found - 1;
		while (index < this.shared.length && this.selected.get(index).startsWith(prefix)) {
			this.shared[index++] = Integer.MAX_VALUE;
		}
	}

}
