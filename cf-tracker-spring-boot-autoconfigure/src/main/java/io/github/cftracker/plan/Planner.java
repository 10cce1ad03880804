package io.github.cftracker.plan;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import io.github.cftracker.distribution.WildcardSafety;

/**
 * Chooses the items of an invalidation: as they are selected, or, where that comes to
 * more than is aimed at, with as few and as narrow wildcards as suffice, and never one
 * over anything tracked that was not selected. The same paths make the same plan, in
 * whichever order they come.
 * <p>
 * Where every path is exact, only wildcards are kept. Else a plan needs, while it is
 * made, up to the length of each selected path and 70 bytes more: some 110 MB for a
 * million paths of 40 characters. What was not selected needs no memory, except for its
 * wildcards.
 */
public final class Planner {

	private final WildcardSafety safety;

	private final int maxPaths;

	private final int maxWildcards;

	/**
	 * Create a planner.
	 * @param safety which wildcards may be chosen
	 * @param maxPaths how many items are aimed at, 0 for every path exact. Tags and
	 * selected wildcards count, and may be more
	 * @param maxWildcards how many wildcards may be chosen, besides those selected
	 */
	public Planner(WildcardSafety safety, int maxPaths, int maxWildcards) {
		this.safety = safety;
		this.maxPaths = maxPaths;
		this.maxWildcards = maxWildcards;
	}

	/**
	 * Makes a plan.
	 * @param selected what is to be invalidated: exact paths, wildcards and tags, as
	 * CloudFront takes them
	 * @param others what else is tracked; read only if something has to be folded. What
	 * is selected too is no obstacle
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
		for (int candidate : new FoldSearch(items, candidates, this.safety::isSafe).choose(need, this.maxWildcards)) {
			String prefix = items.prefix(candidates.start(candidate), candidates.length(candidate));
			chosen.put(prefix + '*', (long) candidates.items(candidate));
		}
		return chosen;
	}

}
