package io.github.cftracker.run;

import java.time.Duration;
import java.util.Collection;
import java.util.List;

import io.github.cftracker.Run;
import io.github.cftracker.Run.Batch;
import org.jspecify.annotations.Nullable;

/**
 * A change that the holder of the lease writes to the ledger, as a whole or not at all.
 * An exception means that it may or may not have happened. A client that lost its
 * connection may send a step again, so the same step twice has the effect of one.
 */
public sealed interface Step {

	/**
	 * A step of a run.
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
	 * The run leaves the queue. No request joins it from now on.
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
	 * Nothing changes but the run and its batches.
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
	 * The run sends items beside the paths that it has claimed. The first plan of a run
	 * stays.
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
	 * The items of a batch are fixed. Claimed paths move from the claim to the batch.
	 *
	 * @param run the run, with the batch
	 * @param batch the batch
	 * @param items its items
	 */
	record Freeze(Run run, Batch batch, List<String> items) implements OfRun {

		@Override
		public List<Batch> changed() {
			return List.of(this.batch);
		}

	}

	/**
	 * A frozen batch becomes two, which keep the order of its items.
	 *
	 * @param run the run, with all three
	 * @param parent the batch
	 * @param first its first half
	 * @param second its second half
	 */
	record Split(Run run, Batch parent, Batch first, Batch second) implements OfRun {

		@Override
		public List<Batch> changed() {
			return List.of(this.parent, this.first, this.second);
		}

	}

	/**
	 * A frozen batch gets another caller reference.
	 *
	 * @param run the run, with both
	 * @param batch the batch under its former reference
	 * @param renamed the batch under its new one
	 * @param possiblyBilledTwice number of items that this adds to those that CloudFront
	 * may have billed twice
	 */
	record Rename(Run run, Batch batch, Batch renamed, int possiblyBilledTwice) implements OfRun {

		@Override
		public List<Batch> changed() {
			return List.of(this.batch, this.renamed);
		}

	}

	/**
	 * CloudFront has accepted a frozen batch, whose items are forgotten. A path is late
	 * if it is recorded from now on and its response began before, unless the batch
	 * itself consists of late paths.
	 *
	 * @param run the run
	 * @param batch the batch
	 * @param covering its items that cover others: wildcards and tags
	 */
	record Accept(Run run, Batch batch, List<String> covering) implements OfRun {

		@Override
		public List<Batch> changed() {
			return List.of(this.batch);
		}

	}

	/**
	 * CloudFront will never accept a frozen batch, whose items are forgotten.
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
	 * A frozen batch is not sent again, and its items are tracked again.
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
	 * Nothing is left to do for the run, whose claim is closed.
	 *
	 * @param run the run, in a final state
	 */
	record Finish(Run run) implements OfRun {

		@Override
		public List<Batch> changed() {
			return List.of();
		}

		/**
		 * Return whether every batch has an outcome.
		 * @return false if CloudFront may have accepted one that it has not answered
		 */
		public boolean isSettled() {
			return this.run.batches().stream().noneMatch((batch) -> batch.state() == Run.BatchState.SENDING);
		}

	}

	/**
	 * Resources are used.
	 *
	 * @param usages which, and for how long
	 */
	record Use(Collection<Usage> usages) implements Step {

	}

	/**
	 * The use of a resource.
	 *
	 * @param resource its name
	 * @param cost how long it is in use from now, or from when it will be free
	 * @param credit how much idle time before is set off
	 */
	record Usage(String resource, Duration cost, Duration credit) {
	}

	/**
	 * CloudFront takes no larger batches for now. The limit is forgotten after 15
	 * minutes, because something else may have used up a quota.
	 *
	 * @param limit the limit
	 */
	record Limit(BatchLimit limit) implements Step {

	}

	/**
	 * CloudFront refuses everything, or accepts again.
	 *
	 * @param message its message and the fix, {@code null} if it accepts
	 */
	record Refuse(@Nullable String message) implements Step {

	}

}
