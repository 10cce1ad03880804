package io.github.cftracker.run;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import io.github.cftracker.Claim;
import io.github.cftracker.Run;
import io.github.cftracker.Run.Batch;
import org.jspecify.annotations.Nullable;

/**
 * The right to carry on runs, and everything that may be written with it.
 * <p>
 * Each write is checked: once another node has the lease, {@link LeaseLostException} is
 * thrown and nothing is written. Each write is one step, so whoever takes over finds the
 * state before it or the state after it. An exception says that the step may or may not
 * have happened; the holder then forgets what it knows and reads again.
 */
public interface Lease {

	/**
	 * Keeps the lease for another {@code cf.tracker.invalidation.lease}.
	 */
	void renew();

	/**
	 * Leaves the lease, and whatever is unfinished, to others. Where there are none, ends
	 * what is unfinished and gives back its paths.
	 */
	void release();

	/**
	 * Return the store's time, by which runs were requested.
	 * @return the time
	 */
	Instant now();

	/**
	 * Lists the runs that have something to be done, apart from waiting ones.
	 * @return the runs with their batches, oldest first
	 */
	List<Run> unfinished();

	/**
	 * Makes runs unfinished again that were given up with a batch of unknown outcome.
	 * @return these runs
	 */
	List<Run> reopen();

	/**
	 * Finds the run to carry out next. Its selection does not change from now on. Runs
	 * for commits go first, {@link RunLedger#GATHERING} after they were requested, so
	 * that commits in between are merged into them. Another run that has waited for
	 * {@link RunLedger#MAX_PRECEDED} goes first after each of them.
	 * @return the run, empty if none is ready
	 */
	Optional<Run> nextWaiting();

	/**
	 * Whether a run will be ready soon that {@link #nextWaiting()} did not return.
	 * @return whether the last search found a run that waits for further commits
	 */
	boolean isGathering();

	/**
	 * Takes a run off the queue: no request joins it from now on.
	 * @param run the run as it is to be written
	 */
	void start(Run run);

	/**
	 * Takes the selected paths out of the tracked ones. What is recorded from now on and
	 * began before is late. A run has one claim, and gets the same one if it asks again.
	 * @param run the run
	 * @return the claim, which {@link Claim#close()} ends
	 */
	Claim claim(Run run);

	/**
	 * The name of a run's claim, which it has as long as the store remembers the claim.
	 * @param run the run
	 * @param late whether the one of late paths is meant
	 * @return the name, empty where a claim is never made twice
	 */
	default String claimName(Run run, boolean late) {
		return "";
	}

	/**
	 * Writes a run down.
	 * @param run the run
	 * @param changed the batches of it that have changed
	 */
	void save(Run run, Batch... changed);

	/**
	 * Fixes the items of a batch, and moves those that are claimed paths from the claim
	 * into it.
	 * @param run the run, with the batch
	 * @param batch the batch
	 * @param items its items
	 * @return the items in the order in which they are to be sent, always
	 */
	List<String> freeze(Run run, Batch batch, List<String> items);

	/**
	 * Whether a batch is safe as it was written, as far as the store was told to see to
	 * that.
	 * @param run the run
	 * @param batch the batch
	 * @return whether it is; otherwise ask again
	 */
	default boolean isSafe(Run run, Batch batch) {
		return true;
	}

	/**
	 * Reads the items of a frozen batch.
	 * @param run the run
	 * @param batch the batch
	 * @return the items in the order in which they are to be sent
	 */
	List<String> items(Run run, Batch batch);

	/**
	 * Divides a frozen batch in two, which keep the order of its items.
	 * @param run the run, with all three
	 * @param parent the batch
	 * @param first its beginning
	 * @param second its end
	 */
	void split(Run run, Batch parent, Batch first, Batch second);

	/**
	 * Give a frozen batch another caller reference.
	 * @param run the run, with both
	 * @param batch the batch
	 * @param renamed what it becomes
	 * @param possiblyBilledTwice how many items this adds to those that CloudFront may
	 * have billed twice
	 */
	void rename(Run run, Batch batch, Batch renamed, int possiblyBilledTwice);

	/**
	 * Forgets a frozen batch: CloudFront has accepted it. What is recorded from now on
	 * and began before is late, unless the batch itself is one of late paths.
	 * @param run the run
	 * @param batch the batch
	 * @param covering those of its items that cover others: wildcards and tags
	 */
	void accept(Run run, Batch batch, List<String> covering);

	/**
	 * Forgets a frozen batch: CloudFront will never accept it.
	 * @param run the run
	 * @param batch the batch
	 */
	void reject(Run run, Batch batch);

	/**
	 * Tracks what is in a frozen batch again.
	 * @param run the run
	 * @param batch the batch
	 */
	void giveBack(Run run, Batch batch);

	/**
	 * The items of a run that CloudFront has accepted and that cover others.
	 * @param run the run
	 * @return wildcards and tags
	 */
	Set<String> acceptedCovering(Run run);

	/**
	 * What a run sends beside the paths that it has claimed.
	 * @param run the run
	 * @return the items, in order, {@code null} if they are not planned yet
	 */
	@Nullable List<String> planned(Run run);

	/**
	 * Writes down what a run sends beside the paths that it has claimed. It never changes
	 * again.
	 * @param run the run
	 * @param items the items, in order
	 */
	void plan(Run run, List<String> items);

	/**
	 * Writes a run down that has nothing to be done any more. Its claim is closed.
	 * @param run the run, in a final state
	 * @return the run, with the time it finished
	 */
	Run finish(Run run);

	/**
	 * Lists late paths by the run they belong to. Drops those that belong to none.
	 * @return late paths of recent runs
	 */
	List<FollowUp> followUps();

	/**
	 * Claims late paths, as far as they are still tracked, for a run that has no other
	 * claim. The run is unfinished from then on.
	 * @param run the run
	 * @param paths the late paths
	 * @return the claim
	 */
	Claim claimLate(Run run, Collection<String> paths);

	/**
	 * Return how long until all of some resources are free. A resource that would be in
	 * use for longer than possible counts as free, because the store's clock was set
	 * back.
	 * @param longest the longest possible uses of the resources
	 * @return how long, zero if they are free
	 */
	Duration untilFree(Collection<Usage> longest);

	/**
	 * Uses resources.
	 * @param usages what and how much
	 */
	void use(Collection<Usage> usages);

	/**
	 * Return what CloudFront has taken in one call lately, after it had refused larger
	 * batches.
	 * @return the limit, {@link BatchLimit#NONE} if larger batches were not refused
	 */
	BatchLimit batchLimit();

	/**
	 * Remember for 15 minutes what CloudFront takes in one call. A larger batch is tried
	 * again then, because something else may have used up a quota.
	 * @param limit the limit
	 */
	void limitBatches(BatchLimit limit);

	/**
	 * Writes down whether CloudFront refuses everything.
	 * @param refusal its message and what to mend, {@code null} if it does not
	 */
	void refusal(@Nullable String refusal);

	/**
	 * The use of a resource.
	 *
	 * @param resource its name
	 * @param cost for how long it is in use from now, or from when it will be free
	 * @param credit how much of an idle time before is set off
	 */
	record Usage(String resource, Duration cost, Duration credit) {
	}

}
