package io.github.cftracker.run;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;

import io.github.cftracker.Claim;
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
	 * Return the store's time, by which runs were requested.
	 * @return the time
	 */
	Instant now();

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
	 * Move the selected paths from the tracked paths into the run's claim. A path is late
	 * if it is recorded from now on and its response began before. A run has one claim,
	 * and gets the same claim again.
	 * @param run the run
	 * @return the claim, which {@link Claim#close()} ends
	 */
	Claim claim(Run run);

	/**
	 * Claim the late paths that are still tracked, for a run without another claim. The
	 * run is unfinished from then on.
	 * @param run the run
	 * @param paths the late paths
	 * @return the claim
	 */
	Claim claimLate(Run run, Collection<String> paths);

	/**
	 * Return the name of a run's claim. A claim keeps its name as long as the store
	 * remembers it.
	 * @param run the run
	 * @param late whether to return the name of the claim of late paths
	 * @return the name, empty if claims are never made twice
	 */
	String claimName(Run run, boolean late);

	/**
	 * Read the items of a frozen batch.
	 * @param run the run
	 * @param batch the batch
	 * @return the items, always in the order in which they are sent; empty if the store
	 * has lost them
	 */
	List<String> items(Run run, Batch batch);

	/**
	 * Read the items that a run sends in addition to its claimed paths.
	 * @param run the run
	 * @return the items, in order, {@code null} if they are not planned yet
	 */
	@Nullable List<String> planned(Run run);

	/**
	 * Read the accepted items of a run that cover others.
	 * @param run the run
	 * @return wildcards and tags
	 */
	Set<String> acceptedCovering(Run run);

	/**
	 * List late paths by the run they belong to. Late paths without a run are dropped.
	 * @return late paths of recent runs
	 */
	List<FollowUp> followUps();

	/**
	 * Return how long until all given resources are free. A resource that would be in use
	 * for longer than possible counts as free, because the store's clock was set back.
	 * @param longest longest possible use of each resource
	 * @return the time, zero if they are free
	 */
	Duration untilFree(Collection<Step.Usage> longest);

	/**
	 * Return the size that CloudFront has recently accepted in one call, after it refused
	 * larger batches.
	 * @return the limit, {@link BatchLimit#NONE} if larger batches were not refused
	 */
	BatchLimit batchLimit();

	/**
	 * Run to carry out next.
	 *
	 * @param run the run, {@code null} if no run is ready
	 * @param reopened the runs that are unfinished again, empty without a run
	 * @param gathering whether a run waits for further commits and will be ready soon
	 */
	record Next(@Nullable Run run, List<Run> reopened, boolean gathering) {

		static final Next NONE = new Next(null, List.of(), false);

	}

}
