package io.github.cftracker.actuate;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

import io.github.cftracker.Finding;
import io.github.cftracker.InvalidationPlan;
import io.github.cftracker.Pricing;
import io.github.cftracker.Run;
import io.github.cftracker.Trigger;
import io.github.cftracker.actuate.RunBody.BatchBody;
import io.github.cftracker.actuate.RunBody.CostBody;
import io.github.cftracker.actuate.RunBody.PlanBody;
import io.github.cftracker.actuate.RunBody.RejectedBody;
import io.github.cftracker.actuate.RunBody.SelectionBody;
import io.github.cftracker.run.RunSummary;
import io.github.cftracker.run.SelectionHints;
import org.jspecify.annotations.Nullable;

/**
 * Factory of the JSON of runs, with hints and costs.
 */
public final class RunBodies {

	private final SelectionHints hints;

	private final Pricing pricing;

	/**
	 * Create a factory.
	 * @param hints find mistakes in selections
	 * @param pricing what items cost
	 */
	public RunBodies(SelectionHints hints, Pricing pricing) {
		this.hints = hints;
		this.pricing = pricing;
	}

	/**
	 * Create the body of a dry run, which is not kept.
	 */
	RunBody of(InvalidationPlan plan, @Nullable String requestedBy, List<Finding> findings) {
		Instant now = Instant.now();
		Run run = Run.queued(UUID.randomUUID().toString(), plan.selection(), Trigger.ENDPOINT, now)
			.withRequestedBy(requestedBy)
			.withFinishedAt(now)
			.withCounts(plan.paths(), plan.items(), plan.wildcards())
			.withRejected(plan.rejected())
			.withError(plan.excess())
			.withFindings(findings);
		return create("DRY_RUN", whole(run), List.of(), PlanBody.of(plan, this.pricing));
	}

	RunBody of(Run run) {
		return create(run.state().name(), whole(run), run.batches().stream().map(BatchBody::of).toList(), null);
	}

	RunBody of(RunSummary summary) {
		return create(summary.run().state().name(), summary, null, null);
	}

	MonthBody ofMonth(long items) {
		return MonthBody.of(items, this.pricing);
	}

	private static RunSummary whole(Run run) {
		return new RunSummary(run, run.selection().size());
	}

	private RunBody create(String state, RunSummary summary, @Nullable List<BatchBody> batches,
			@Nullable PlanBody plan) {
		Run run = summary.run();
		Long items = run.items();
		return new RunBody(run.id(), state, run.requestedAt(), run.finishedAt(), run.trigger().label(),
				run.requestedBy(), SelectionBody.of(summary), run.paths(), items, run.wildcards(), batches,
				rejected(run.rejected()), run.possiblyBilledTwice(),
				(items != null) ? CostBody.of(items, this.pricing) : null, this.hints.of(run.selection()),
				run.findings(), run.error(), plan);
	}

	private static List<RejectedBody> rejected(List<Run.RejectedPath> paths) {
		return paths.stream().map((path) -> new RejectedBody(path.path(), path.reason())).toList();
	}

}
