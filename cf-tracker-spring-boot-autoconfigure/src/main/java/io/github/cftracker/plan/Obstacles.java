package io.github.cftracker.plan;

import java.util.HashSet;
import java.util.Set;

/**
 * What of each selected path a wildcard must not stand for, since something tracked that
 * was not selected begins likewise. Of what was not selected only the wildcards are kept.
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
	 * Finds the obstacles.
	 * @param others what was not selected; what is selected as well does no harm
	 * @param selected the selected paths and wildcards, sorted
	 * @param kept the wildcards that are sent anyway: what they drop is lost already
	 * @return for each selected path the length of its longest beginning that something
	 * unselected has too
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
		// Whatever begins like it, its neighbours in the alphabet do
		int next = -index - 1;
		if (next > 0) {
			this.shared[next - 1] = Math.max(this.shared[next - 1], this.selected.common(next - 1, text));
		}
		if (next < this.shared.length) {
			this.shared[next] = Math.max(this.shared[next], this.selected.common(next, text));
		}
	}

	/**
	 * A wildcard stands for paths that nobody knows any more, anywhere below it.
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
