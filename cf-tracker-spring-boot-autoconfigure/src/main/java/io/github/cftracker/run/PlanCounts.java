package io.github.cftracker.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

import io.github.cftracker.CacheTag;
import io.github.cftracker.TrackedPath;
import io.github.cftracker.plan.Coverage;
import io.github.cftracker.plan.Plan;

/**
 * Counts what the items cover.
 */
final class PlanCounts implements Consumer<TrackedPath> {

	private final Map<String, Long> covered = new TreeMap<>();

	private final Plan plan;

	private final Coverage tagged;

	private final List<String> tags;

	private long paths;

	PlanCounts(Plan plan, List<String> tags, Coverage tagged) {
		this.plan = plan;
		this.tags = tags;
		this.tagged = tagged;
	}

	@Override
	public void accept(TrackedPath path) {
		this.paths++;
		if (this.tagged.covers(path)) {
			for (String tag : this.tags) {
				if (path.tags().contains(tag)) {
					this.covered.merge(CacheTag.item(tag), 1L, Long::sum);
				}
			}
		}
	}

	/**
	 * How many tracked paths there are.
	 */
	long paths() {
		return this.paths;
	}

	/**
	 * How many of them each tag and wildcard covers.
	 */
	Map<String, Long> covered() {
		Map<String, Long> covered = new LinkedHashMap<>(this.covered);
		this.plan.wildcards().forEach((wildcard) -> covered.put(wildcard, this.plan.covered(wildcard)));
		return covered;
	}

}
