package io.github.cftracker.run;

import java.time.Duration;
import java.util.Collection;
import java.util.List;

import io.github.cftracker.Run;
import io.github.cftracker.Run.Batch;
import io.github.cftracker.Selection;
import org.jspecify.annotations.Nullable;

/**
 * Change that the lease holder writes to the ledger, as a whole or not at all. After an
 * exception it may or may not have happened. A client that lost its connection may send a
 * step again, so writing the same step twice has the effect of writing it once.
 */
public sealed interface Step {

	/**
	 * Step of a run.
	 */
	sealed interface OfRun extends Step {

		/**
		 * Return the run.
		 * @return the run as it is after the step
		 */
		Run run();

		/**
		 * Return the batches that change. Only these are written with the run.
		 * @return batches of the run
		 */
		List<Batch> changed();

	}

	/**
	 * Start of a run, which leaves the queue. No request joins it from now on.
	 *
	 * @param run the run
	 */
	record Start(Run run) implements OfRun {

		@Override
		public List<Batch> changed() {
			return List.of();
		}

	}

	/**
	 * Claim of the selected paths, which move from the tracked paths to the run's claim.
	 * A path is late if it is recorded from now on and its response began before. A run
	 * has one claim.
	 *
	 * @param run the run
	 * @param selection selection of the paths
	 */
	record Claim(Run run, Selection selection) implements OfRun {

		@Override
		public List<Batch> changed() {
			return List.of();
		}

	}

	/**
	 * Claim of the late paths that are still tracked. The run is unfinished from now on.
	 *
	 * @param run the run
	 * @param paths the late paths, at least one
	 */
	record ClaimLate(Run run, Collection<String> paths) implements OfRun {

		@Override
		public List<Batch> changed() {
			return List.of();
		}

	}

	/**
	 * Change of only the run and its batches.
	 *
	 * @param run the run
	 * @param changed the batches that change
	 */
	record Save(Run run, List<Batch> changed) implements OfRun {

		public Save {
			changed = List.copyOf(changed);
		}

	}

	/**
	 * Plan of the items that the run sends in addition to its claimed paths. Only the
	 * first plan of a run is kept.
	 *
	 * @param run the run
	 * @param items the items, in order
	 */
	record Plan(Run run, List<String> items) implements OfRun {

		@Override
		public List<Batch> changed() {
			return List.of();
		}

	}

	/**
	 * Freeze of a batch, whose items do not change from now on. Claimed paths move from
	 * the claim to the batch.
	 *
	 * @param run the run with the batch
	 * @param batch the batch
	 * @param items the items of the batch
	 * @param consecutive whether all items are claimed paths that follow one another in
	 * {@link RunItems#nextPaths}, which is quicker
	 */
	record Freeze(Run run, Batch batch, List<String> items, boolean consecutive) implements OfRun {

		@Override
		public List<Batch> changed() {
			return List.of(this.batch);
		}

	}

	/**
	 * Split of a frozen batch into two, which keep the order of its items.
	 *
	 * @param run the run with all three batches
	 * @param parent the frozen batch
	 * @param first the first half
	 * @param second the second half
	 */
	record Split(Run run, Batch parent, Batch first, Batch second) implements OfRun {

		@Override
		public List<Batch> changed() {
			return List.of(this.parent, this.first, this.second);
		}

	}

	/**
	 * Change of a frozen batch's caller reference.
	 *
	 * @param run the run with both batches
	 * @param batch the batch under its former reference
	 * @param renamed the batch under its new reference
	 * @param possiblyBilledTwice number of items that CloudFront may have billed twice
	 * because of this step
	 */
	record Rename(Run run, Batch batch, Batch renamed, int possiblyBilledTwice) implements OfRun {

		@Override
		public List<Batch> changed() {
			return List.of(this.batch, this.renamed);
		}

	}

	/**
	 * Acceptance of a frozen batch by CloudFront. Its items are forgotten. A path is late
	 * if it is recorded from now on and its response began before, unless the batch
	 * itself consists of late paths.
	 *
	 * @param run the run
	 * @param batch the batch
	 * @param covering the items that cover others: wildcards and tags
	 */
	record Accept(Run run, Batch batch, List<String> covering) implements OfRun {

		@Override
		public List<Batch> changed() {
			return List.of(this.batch);
		}

	}

	/**
	 * Final rejection of a frozen batch by CloudFront. Its items are forgotten.
	 *
	 * @param run the run
	 * @param batch the batch
	 */
	record Reject(Run run, Batch batch) implements OfRun {

		@Override
		public List<Batch> changed() {
			return List.of(this.batch);
		}

	}

	/**
	 * Return of a frozen batch's items to the tracked paths. The batch is not sent again.
	 *
	 * @param run the run
	 * @param batch the batch
	 */
	record GiveBack(Run run, Batch batch) implements OfRun {

		@Override
		public List<Batch> changed() {
			return List.of(this.batch);
		}

	}

	/**
	 * End of a run, whose claim is closed.
	 *
	 * @param run the run in a final state
	 */
	record Finish(Run run) implements OfRun {

		@Override
		public List<Batch> changed() {
			return List.of();
		}

		/**
		 * Return whether every batch has an outcome.
		 * @return false if CloudFront may have accepted a batch without answering
		 */
		public boolean isSettled() {
			return this.run.batches().stream().noneMatch((batch) -> batch.state() == Run.BatchState.SENDING);
		}

	}

	/**
	 * Use of resources.
	 *
	 * @param usages used resources and times
	 */
	record Use(Collection<Usage> usages) implements Step {

	}

	/**
	 * Use of a resource.
	 *
	 * @param resource the name of the resource
	 * @param cost how long it is in use from now, or from when it will be free
	 * @param credit earlier idle time to deduct from the cost
	 */
	record Usage(String resource, Duration cost, Duration credit) {
	}

	/**
	 * Limit of the batches that CloudFront currently accepts. It is forgotten after 15
	 * minutes, because other applications may have used up a quota.
	 *
	 * @param limit the limit
	 */
	record Limit(BatchLimit limit) implements Step {

	}

	/**
	 * Refusal of all batches by CloudFront, or its end.
	 *
	 * @param message CloudFront's message and the fix, {@code null} if it accepts
	 */
	record Refuse(@Nullable String message) implements Step {

	}

}
