package io.github.cftracker.run;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

import io.github.cftracker.CacheTag;
import io.github.cftracker.InvalidationPath;
import io.github.cftracker.Selection;
import io.github.cftracker.TrackedPath;
import io.github.cftracker.plan.Coverage;
import io.github.cftracker.plan.Plan;

/**
 * Counter of the tracked paths that items cover.
 */
final class PlanCounts implements Consumer<TrackedPath> {

	private final Map<String, Long> covered = new TreeMap<>();

	private final Plan plan;

	private final Coverage tagged;

	private final List<String> tags;

	private final Set<String> named;

	private long paths;

	private long valid;

	PlanCounts(Plan plan, Selection selection, Coverage tagged) {
		this.plan = plan;
		this.tags = selection.tags();
		this.named = new HashSet<>(selection.paths());
		this.tagged = tagged;
	}

	@Override
	public void accept(TrackedPath path) {
		this.paths++;
		this.named.remove(path.path());
		this.valid += (InvalidationPath.problemOf(path.path()) == null) ? 1 : 0;
		if (this.tagged.covers(path)) {
			for (String tag : this.tags) {
				if (path.tags().contains(tag)) {
					this.covered.merge(CacheTag.item(tag), 1L, Long::sum);
				}
			}
		}
	}

	/**
	 * Return the number of tracked paths.
	 */
	long paths() {
		return this.paths;
	}

	/**
	 * Return the number of items if every path were sent separately, and each tag and
	 * named wildcard that covers no path.
	 * @param nativeTags whether tags are sent as items
	 */
	long everyPath(boolean nativeTags) {
		long idle = this.named.stream().filter(this::coversNothing).count();
		long unknown = this.tags.stream().filter((tag) -> !this.covered.containsKey(CacheTag.item(tag))).count();
		return this.valid + idle + (nativeTags ? unknown : 0);
	}

	private boolean coversNothing(String named) {
		return !Selection.isWildcard(named) || (!this.plan.covers(named) && this.plan.covered(named) == 0);
	}

	/**
	 * Return the number of tracked paths that each tag and wildcard covers.
	 */
	Map<String, Long> covered() {
		Map<String, Long> covered = new LinkedHashMap<>(this.covered);
		this.plan.wildcards().forEach((wildcard) -> covered.put(wildcard, this.plan.covered(wildcard)));
		return covered;
	}

}
