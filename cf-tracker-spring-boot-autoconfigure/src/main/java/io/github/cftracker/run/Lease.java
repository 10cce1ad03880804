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
 * The right to carry out runs, and all access to the ledger that needs it.
 * <p>
 * Each write is checked: once another node has the lease, {@link LeaseLostException} is
 * thrown and nothing is written. After an exception, the holder forgets its state and
 * reads again, because the write may or may not have happened.
 */
public interface Lease {

	/**
	 * Keep the lease for another {@code cf.tracker.invalidation.lease}.
	 */
	void renew();

	/**
	 * Leave the lease and everything unfinished to other nodes. A ledger that has no
	 * others ends unfinished runs and gives back their paths.
	 */
	void release();

	/**
	 * Return the store's time, by which runs were requested.
	 * @return the time
	 */
	Instant now();

	/**
	 * List the runs that have something to be done, apart from waiting ones.
	 * @return the runs with their batches, oldest first
	 */
	List<Run> unfinished();

	/**
	 * Find the run to carry out next. Its selection does not change from now on. Runs for
	 * commits go first, {@link RunLedger#GATHERING} after they were requested, so that
	 * commits in between are merged into them. Another run that has waited for
	 * {@link RunLedger#MAX_PRECEDED} goes first after each of them. With a run that was
	 * found, runs become unfinished again that were given up with a batch of unknown
	 * outcome.
	 * @return the run and these runs
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
	 * Take the selected paths out of the tracked ones. A path is late if it is recorded
	 * from now on and its response began before. A run has one claim, and gets the same
	 * one again.
	 * @param run the run
	 * @return the claim, which {@link Claim#close()} ends
	 */
	Claim claim(Run run);

	/**
	 * Claim late paths, as far as they are still tracked, for a run that has no other
	 * claim. The run is unfinished from then on.
	 * @param run the run
	 * @param paths the late paths
	 * @return the claim
	 */
	Claim claimLate(Run run, Collection<String> paths);

	/**
	 * Return the name of a run's claim, which the claim has as long as the store
	 * remembers it.
	 * @param run the run
	 * @param late whether the claim of late paths is meant
	 * @return the name, empty if claims are never made twice
	 */
	String claimName(Run run, boolean late);

	/**
	 * Read the items of a frozen batch.
	 * @param run the run
	 * @param batch the batch
	 * @return the items in the order in which they are sent, always; empty if the store
	 * has lost them
	 */
	List<String> items(Run run, Batch batch);

	/**
	 * Read what a run sends beside the paths that it has claimed.
	 * @param run the run
	 * @return the items, in order, {@code null} if they are not planned yet
	 */
	@Nullable List<String> planned(Run run);

	/**
	 * Read the items of a run that CloudFront has accepted and that cover others.
	 * @param run the run
	 * @return wildcards and tags
	 */
	Set<String> acceptedCovering(Run run);

	/**
	 * List late paths by the run they belong to. Late paths that belong to none are
	 * dropped.
	 * @return late paths of recent runs
	 */
	List<FollowUp> followUps();

	/**
	 * Return how long until all of some resources are free. A resource that would be in
	 * use for longer than possible counts as free, because the store's clock was set
	 * back.
	 * @param longest the longest possible uses of the resources
	 * @return how long, zero if they are free
	 */
	Duration untilFree(Collection<Step.Usage> longest);

	/**
	 * Return what CloudFront has taken in one call lately, after it had refused larger
	 * batches.
	 * @return the limit, {@link BatchLimit#NONE} if larger batches were not refused
	 */
	BatchLimit batchLimit();

	/**
	 * What to carry out next.
	 *
	 * @param run the run, {@code null} if none is ready
	 * @param reopened runs that are unfinished again, none without a run
	 * @param gathering whether a run waits for further commits and will be ready soon
	 */
	record Next(@Nullable Run run, List<Run> reopened, boolean gathering) {

		static final Next NONE = new Next(null, List.of(), false);

	}

}
