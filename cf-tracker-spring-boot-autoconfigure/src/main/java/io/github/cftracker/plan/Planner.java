package io.github.cftracker.plan;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import io.github.cftracker.distribution.WildcardSafety;

/**
 * Planner of the items of an invalidation. It keeps the selected items if their number is
 * within the limit, and otherwise chooses the fewest and narrowest wildcards that
 * suffice. A chosen wildcard never covers a tracked path that was not selected. The same
 * paths lead to the same plan, regardless of their order.
 * <p>
 * If every path is exact, only wildcards are kept in memory. Otherwise planning needs up
 * to the length of each selected path plus 70 bytes, which is about 110 MB for a million
 * paths of 40 characters. Of the unselected items, only wildcards need memory.
 */
public final class Planner {

	private final WildcardSafety safety;

	private final int maxPaths;

	private final int maxWildcards;

	/**
	 * Create a planner.
	 * @param safety the rule for wildcards that may be chosen
	 * @param maxPaths number of items to aim at, 0 to send every path exactly. Tags and
	 * selected wildcards are counted, and may exceed it
	 * @param maxWildcards maximum number of wildcards to choose, without selected ones
	 */
	public Planner(WildcardSafety safety, int maxPaths, int maxWildcards) {
		this.safety = safety;
		this.maxPaths = maxPaths;
		this.maxWildcards = maxWildcards;
	}

	/**
	 * Make a plan.
	 * @param selected the items to invalidate: exact paths, wildcards and tags, as
	 * CloudFront accepts them
	 * @param others the other tracked paths, read only if paths have to be folded.
	 * Selected items among them have no effect
	 * @return the plan
	 */
	public Plan plan(PathSource selected, PathSource others) {
		return (this.maxPaths == 0) ? exact(selected) : folded(selected, others);
	}

	private static Plan exact(PathSource selected) {
		Set<String> wildcards = new HashSet<>();
		long[] exact = new long[1];
		selected.forEach((item) -> {
			if (WildcardSet.isWildcard(item)) {
				wildcards.add(item);
			}
			else {
				exact[0]++;
			}
		});
		KeptWildcards kept = new KeptWildcards(wildcards);
		if (!wildcards.isEmpty()) {
			wildcards.forEach(kept::absorbs);
			selected.forEach((item) -> {
				if (!WildcardSet.isWildcard(item)) {
					kept.absorbs(item);
				}
			});
		}
		return kept.plan(exact[0] + wildcards.size(), Map.of());
	}

	private Plan folded(PathSource selected, PathSource others) {
		PackedPaths items = new PackedPaths();
		Set<String> wildcards = new HashSet<>();
		selected.forEach((item) -> {
			items.add(item);
			if (WildcardSet.isWildcard(item)) {
				wildcards.add(item);
			}
		});
		items.sort();
		int paths = items.size();
		KeptWildcards kept = new KeptWildcards(wildcards);
		if (!wildcards.isEmpty()) {
			items.removeIf((index) -> kept.absorbs(items.get(index)));
		}
		long need = (long) items.size() - this.maxPaths;
		boolean fold = need > 0 && this.maxWildcards > 0;
		return kept.plan(paths, fold ? fold(items, need, others, kept) : Map.of());
	}

	private Map<String, Long> fold(PackedPaths items, long need, PathSource others, KeptWildcards kept) {
		items.removeIf((index) -> WildcardSet.isTag(items.get(index)));
		Candidates candidates = CandidateSearch.among(items, Obstacles.between(others, items, kept));
		Map<String, Long> chosen = new HashMap<>();
		for (int candidate : new FoldSearch(items, candidates, this.safety).choose(need, this.maxWildcards)) {
			String prefix = items.prefix(candidates.start(candidate), candidates.length(candidate));
			chosen.put(prefix + '*', (long) candidates.items(candidate));
		}
		return chosen;
	}

}
