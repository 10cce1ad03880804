package io.github.cftracker;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Plan of an invalidation: what it would send, cover and cost at this moment. Nothing was
 * sent, and tracked paths may change afterwards.
 *
 * @param selection what it was asked to cover
 * @param paths how many tracked paths are selected
 * @param items how many items would be sent, which is what is billed
 * @param wildcards how many of them end in {@code *}
 * @param plan the first {@value #SHOWN} items: tags, named paths and wildcards in the
 * order in which they would be sent, then tracked paths in no particular order
 * @param covered how many of the selected tracked paths each wildcard and tag covers
 * @param unselected how many tracked paths that are not selected the wildcards cover
 * @param rejected tracked paths that CloudFront would not accept, at most {@value #SHOWN}
 * @param exactItems how many items it would be with every path by itself
 * @param duration how long CloudFront's quotas would make it take, without the time that
 * CloudFront needs to complete it
 * @param billedThisMonth how many items were sent this month, an estimate
 * @param excess how it would exceed the budget, {@code null} if it would not
 */
public record InvalidationPlan(Selection selection, long paths, long items, long wildcards, List<String> plan,
		Map<String, Long> covered, long unselected, List<Run.RejectedPath> rejected, long exactItems, Duration duration,
		long billedThisMonth, @Nullable String excess) {

	/**
	 * How many items are shown.
	 */
	public static final int SHOWN = 1000;

	public InvalidationPlan {
		plan = List.copyOf(plan);
		rejected = List.copyOf(rejected);
	}

	/**
	 * Return the plan of a request for which nothing is sent.
	 * @param request what was requested
	 * @return a plan without items
	 */
	public static InvalidationPlan ofNothing(InvalidationRequest request) {
		return ofNothing(request.selection());
	}

	/**
	 * Return a plan that sends nothing and covers nothing.
	 * @param selection what it was asked to cover
	 * @return a plan without items
	 */
	public static InvalidationPlan ofNothing(Selection selection) {
		return new InvalidationPlan(selection, 0, 0, 0, List.of(), Map.of(), 0, List.of(), 0, Duration.ZERO, 0, null);
	}

	/**
	 * Return this plan with the items that would be sent.
	 * @param plan the first {@value #SHOWN} items
	 * @param items how many items there are
	 * @param wildcards how many of them end in {@code *}
	 * @param exactItems how many items it would be with every path by itself
	 * @return a copy
	 */
	public InvalidationPlan withItems(List<String> plan, long items, long wildcards, long exactItems) {
		return new InvalidationPlan(this.selection, this.paths, items, wildcards, plan, this.covered, this.unselected,
				this.rejected, exactItems, this.duration, this.billedThisMonth, this.excess);
	}

	/**
	 * Return this plan with the tracked paths that it would cover.
	 * @param paths how many tracked paths are selected
	 * @param covered how many of them each wildcard and tag covers
	 * @param unselected how many others the wildcards cover
	 * @param rejected tracked paths that CloudFront would not accept
	 * @return a copy
	 */
	public InvalidationPlan withPaths(long paths, Map<String, Long> covered, long unselected,
			List<Run.RejectedPath> rejected) {
		return new InvalidationPlan(this.selection, paths, this.items, this.wildcards, this.plan, covered, unselected,
				rejected, this.exactItems, this.duration, this.billedThisMonth, this.excess);
	}

	/**
	 * Return this plan with what the quotas and the budget mean for it.
	 * @param duration how long the quotas would make it take
	 * @param billedThisMonth how many items were sent this month
	 * @param excess how it would exceed the budget, {@code null} if it would not
	 * @return a copy
	 */
	public InvalidationPlan withLimits(Duration duration, long billedThisMonth, @Nullable String excess) {
		return new InvalidationPlan(this.selection, this.paths, this.items, this.wildcards, this.plan, this.covered,
				this.unselected, this.rejected, this.exactItems, duration, billedThisMonth, excess);
	}

}
