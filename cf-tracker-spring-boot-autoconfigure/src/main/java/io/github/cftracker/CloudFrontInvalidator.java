package io.github.cftracker;

import java.util.Optional;

/**
 * Invalidates tracked paths at CloudFront.
 * <p>
 * Every request becomes a run, or joins one that waits and covers it. Runs on a
 * distribution are carried out one after the other. An invalidation cannot be cancelled,
 * and CloudFront bills every path beyond the first 1,000 a month of the account.
 */
public interface CloudFrontInvalidator {

	/**
	 * Requests the invalidation of everything that is tracked.
	 * @return the run, at once
	 * @throws StoreUnavailableException if the store does not answer; it may have written
	 * the run all the same, under the id that the message names
	 * @throws java.util.concurrent.RejectedExecutionException if 1,000 runs wait already,
	 * or the application is stopping
	 */
	RunHandle invalidateAll();

	/**
	 * Requests an invalidation.
	 * @param request what to invalidate
	 * @return the run, at once; an {@link Run.State#EMPTY} run that {@link #find} does
	 * not know if the request happens {@linkplain InvalidationRequest#once once}, and any
	 * node has made it before
	 * @throws InvalidRequestException if a pattern is malformed, or the store does not
	 * keep what is asked for
	 * @throws StoreUnavailableException if the store does not answer
	 * @throws java.util.concurrent.RejectedExecutionException if 1,000 runs wait already,
	 * or the application is stopping
	 */
	RunHandle invalidate(InvalidationRequest request);

	/**
	 * Plans an invalidation without sending it. Reads everything tracked several times,
	 * which takes seconds where it is a million paths.
	 * @param request what to invalidate
	 * @return what would be sent at this moment, and its price
	 * @throws InvalidRequestException if a pattern is malformed, or the store does not
	 * keep what is asked for
	 * @throws StoreUnavailableException if the store does not answer, or takes more than
	 * a minute
	 */
	InvalidationPlan plan(InvalidationRequest request);

	/**
	 * Finds a run.
	 * @param id its id
	 * @return the run as it stands now, empty if it is unknown or older than the last
	 * {@code cf.tracker.invalidation.history}
	 */
	Optional<Run> find(String id);

}
