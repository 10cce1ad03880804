package io.github.cftracker.plan;

import java.util.HashSet;
import java.util.Set;

/**
 * Beginnings of the selected paths that must not become wildcards, because a tracked path
 * that was not selected has the same beginning. Of the unselected items, only wildcards
 * are kept in memory.
 */
final class Obstacles {

	private final PackedPaths selected;

	private final KeptWildcards kept;

	private final int[] shared;

	private final Set<String> wildcards = new HashSet<>();

	private Obstacles(PackedPaths selected, KeptWildcards kept) {
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
	static int[] between(PathSource others, PackedPaths selected, KeptWildcards kept) {
		Obstacles obstacles = new Obstacles(selected, kept);
		others.forEach(obstacles::add);
		WildcardSet.of(obstacles.wildcards).toList().forEach(obstacles::blockBelow);
		return obstacles.shared;
	}

	private void add(String other) {
		if (WildcardSet.isTag(other) || this.kept.covers(other)) {
			return;
		}
		byte[] text = PackedPaths.bytes(other);
		int index = this.selected.find(text);
		if (index >= 0) {
			return;
		}
		if (WildcardSet.isWildcard(other)) {
			this.wildcards.add(other);
		}
		// The longest common beginnings are those with the adjacent paths
		int next = -index - 1;
		if (next > 0) {
			this.shared[next - 1] = Math.max(this.shared[next - 1], this.selected.common(next - 1, text));
		}
		if (next < this.shared.length) {
			this.shared[next] = Math.max(this.shared[next], this.selected.common(next, text));
		}
	}

	/**
	 * Block everything below an unselected wildcard, which replaces unknown paths.
	 */
	private void blockBelow(String wildcard) {
		byte[] prefix = PackedPaths.bytes(wildcard.substring(0, wildcard.length() - 1));
		int found = this.selected.find(prefix);
		int index = (found >= 0) ? found : -found - 1;
		while (index < this.shared.length && this.selected.common(index, prefix) == prefix.length) {
			this.shared[index++] = Integer.MAX_VALUE;
		}
	}

}
