package io.github.cftracker.run;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

import io.github.cftracker.Run;
import io.github.cftracker.Run.Batch;
import org.jspecify.annotations.Nullable;

/**
 * Exclusive right to carry out runs, with all access to the ledger that requires it.
 * <p>
 * Every write is checked: once another node has the lease, {@link LeaseLostException} is
 * thrown and nothing is written. After an exception, the write may or may not have
 * happened, so the holder discards its state and reads it again.
 */
public interface Lease {

	/**
	 * Keep the lease for another {@code cf.tracker.invalidation.lease}.
	 */
	void renew();

	/**
	 * Leave the lease and everything unfinished to other nodes. A ledger that has no
	 * others ends unfinished runs and gives back their paths. Has no effect if the lease
	 * was lost.
	 */
	void release();

	/**
	 * Read the store's time, and what limits the next batch.
	 * @param longest longest possible use of each resource that the batch needs. A
	 * resource that would be in use for longer than possible counts as free, because the
	 * store's clock was set back
	 * @return the reading
	 */
	Reading read(Collection<Step.Usage> longest);

	/**
	 * List the runs that have work left, without those that wait for their turn.
	 * @return the runs with their batches, oldest first
	 */
	List<Run> unfinished();

	/**
	 * Find the run to carry out next. Its selection does not change from now on. Runs for
	 * commits go first, {@link RunLedger#GATHERING} after they were requested, so that
	 * commits in between are merged into them. Another run that has waited for
	 * {@link RunLedger#MAX_PRECEDED} goes first after each of them. If a run is found,
	 * runs that were given up with a batch of unknown outcome become unfinished again.
	 * @return the run and the reopened runs
	 */
	Next next();

	/**
	 * Write a step, as a whole or not at all.
	 * @param step the step
	 */
	void apply(Step step);

	/**
	 * Return whether a batch has been replicated as required by
	 * {@code cf.tracker.redis.wait-replicas}. Call again if it has not.
	 * @param run the run
	 * @param batch the batch as it was written
	 * @return whether it may be sent
	 */
	boolean isSafe(Run run, Batch batch);

	/**
	 * Return the items of a run.
	 * @param run the run
	 * @return its claimed, planned, frozen and accepted items
	 */
	RunItems items(Run run);

	/**
	 * List late paths by the run they belong to. Late paths without a run are dropped.
	 * @return late paths of recent runs
	 */
	List<FollowUp> followUps();

	/**
	 * Reading of the store.
	 *
	 * @param now the time, by which runs were requested
	 * @param untilFree how long until all resources are free, zero if they are free
	 * @param limit the size that CloudFront has recently accepted in one call, after it
	 * refused larger batches; {@link BatchLimit#NONE} if larger batches were not refused
	 */
	record Reading(Instant now, Duration untilFree, BatchLimit limit) {

	}

	/**
	 * Run to carry out next.
	 *
	 * @param run the run, {@code null} if no run is ready
	 * @param reopened the runs that are unfinished again, empty without a run
	 * @param gathering whether a run waits for further commits and will be ready soon
	 */
	record Next(@Nullable Run run, List<Run> reopened, boolean gathering) {

		/**
		 * No run.
		 */
		public static final Next NONE = new Next(null, List.of(), false);

	}

}
