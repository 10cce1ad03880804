package io.github.cftracker;

import java.util.Optional;

/**
 * Invalidator of tracked paths. Each request becomes a run, or joins a waiting run that
 * covers it. The runs of a distribution are executed one after the other. A run cannot be
 * cancelled, and CloudFront bills each item beyond the first 1,000 per month of the AWS
 * account.
 */
public interface CloudFrontInvalidator {

	/**
	 * Request an invalidation of everything that is tracked. Returns before anything is
	 * sent.
	 * @return the requested run
	 * @throws StoreUnavailableException if the store does not answer; the run may exist
	 * anyway, under the id that the message names, unless the message states that nothing
	 * was requested
	 * @throws java.util.concurrent.RejectedExecutionException if 1,000 runs wait already,
	 * or the application is still starting, or stopping
	 */
	RunHandle invalidateAll();

	/**
	 * Request an invalidation. Returns before anything is sent.
	 * @param request what to invalidate
	 * @return the requested run; if the request happens
	 * {@linkplain InvalidationRequest#once once} and a node has made it before, an
	 * {@link Run.State#EMPTY} run that {@link #find} does not return
	 * @throws InvalidRequestException if a pattern is malformed, or the store does not
	 * keep the routes or tags that the request selects by
	 * @throws StoreUnavailableException if the store does not answer; the run may exist
	 * anyway, under the id that the message names, unless the message states that nothing
	 * was requested
	 * @throws java.util.concurrent.RejectedExecutionException if 1,000 runs wait already,
	 * or the application is still starting, or stopping
	 */
	RunHandle invalidate(InvalidationRequest request);

	/**
	 * Plan an invalidation without sending it. Reads all tracked paths several times,
	 * which takes seconds for a million paths.
	 * @param request what to invalidate
	 * @return what would be sent at this moment, and its price
	 * @throws InvalidRequestException if a pattern is malformed, or the store does not
	 * keep the routes or tags that the request selects by
	 * @throws StoreUnavailableException if the store does not answer, or takes more than
	 * a minute
	 */
	InvalidationPlan plan(InvalidationRequest request);

	/**
	 * Find a run.
	 * @param id the id of the run
	 * @return the run as it stands now, empty if it is unknown or older than the last
	 * {@code cf.tracker.invalidation.history}
	 */
	Optional<Run> find(String id);

}
