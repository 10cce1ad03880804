package io.github.cftracker.actuate;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.github.cftracker.Finding;
import io.github.cftracker.InvalidationPlan;
import io.github.cftracker.Pricing;
import io.github.cftracker.Run;
import io.github.cftracker.Selection;
import io.github.cftracker.run.RunSummary;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;

/**
 * Run in the JSON of the endpoint.
 */
@JsonInclude(Include.ALWAYS)
record RunBody(String id, String state, Instant requestedAt, @Nullable Instant finishedAt, @Nullable String trigger,
		@Nullable String requestedBy, SelectionBody selection, @Nullable Long paths, @Nullable Long items,
		@Nullable Long wildcards, @JsonInclude(Include.NON_NULL) @Nullable List<BatchBody> batches,
		List<RejectedBody> rejected, @JsonInclude(Include.NON_DEFAULT) long possiblyBilledTwice,
		@Nullable CostBody cost, List<String> hints, List<Finding> findings, @Nullable String error,
		@JsonInclude(Include.NON_NULL) @JsonUnwrapped @Nullable PlanBody planned) implements OperationResponseBody {

	@JsonInclude(Include.ALWAYS)
	record BatchBody(String callerReference, @Nullable String invalidationId, String state, int items, int attempts,
			@Nullable String error) {

		static BatchBody of(Run.Batch batch) {
			return new BatchBody(batch.callerReference(), batch.invalidationId(), batch.state().name(), batch.items(),
					batch.attempts(), batch.error());
		}

	}

	/**
	 * Selection of a run.
	 *
	 * @param everything whether nothing is named
	 * @param total number of values, {@code null} if all of them are shown
	 */
	record SelectionBody(boolean everything, @Nullable List<String> paths, @Nullable List<String> matching,
			@Nullable List<String> routes, @Nullable List<String> tags, @Nullable Integer total) {

		static SelectionBody of(RunSummary summary) {
			return of(summary.run().selection(), summary.isShortened() ? summary.values() : null);
		}

		static SelectionBody of(Selection selection, @Nullable Integer total) {
			return new SelectionBody(selection.isEverything(), orNull(selection.paths()), orNull(selection.matching()),
					orNull(selection.routes()), orNull(selection.tags()), total);
		}

		private static @Nullable List<String> orNull(List<String> values) {
			return values.isEmpty() ? null : values;
		}

	}

	/**
	 * Additional fields of a dry run.
	 *
	 * @param plan the first items
	 * @param planTotal number of items
	 * @param covered how many tracked paths each wildcard and tag covers
	 * @param unselected how many tracked paths that were not selected are covered by
	 * wildcards of ours
	 * @param everyPath the cost of sending every path by itself
	 * @param everything the cost of a single wildcard over the whole distribution, which
	 * also invalidates objects of other origins
	 * @param duration how long the quotas make it take
	 * @param monthToDate items sent this month
	 */
	record PlanBody(List<String> plan, long planTotal, Map<String, Long> covered, long unselected, CostBody everyPath,
			CostBody everything, String duration, MonthBody monthToDate) {

		static PlanBody of(InvalidationPlan plan, Pricing pricing) {
			return new PlanBody(plan.plan(), plan.items(), plan.covered(), plan.unselected(),
					CostBody.of(plan.exactItems(), pricing), CostBody.of(1, pricing), plan.duration().toString(),
					MonthBody.of(plan.billedThisMonth(), pricing));
		}

	}

	record RejectedBody(String path, String reason) {
	}

	record CostBody(long items, BigDecimal usd) {

		static CostBody of(long items, Pricing pricing) {
			return new CostBody(items, pricing.usd(items));
		}

	}

}
