package io.github.cftracker;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What an invalidation would send, cover and cost at this moment. Nothing was sent, and
 * nothing keeps the tracked paths from changing.
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
		return new InvalidationPlan(request.selection(), 0, 0, 0, List.of(), Map.of(), 0, List.of(), 0, Duration.ZERO,
				0, null);
	}

}
