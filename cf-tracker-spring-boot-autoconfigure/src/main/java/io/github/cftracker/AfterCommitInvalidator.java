package io.github.cftracker;

/**
 * Invalidator that waits for the commit of the current transaction. The requests of a
 * transaction become one request after its commit, and are dropped after a rollback.
 * Without a transaction a request is made immediately.
 * <p>
 * No run is returned, because it does not exist before the commit. The caller does not
 * notice that CloudFront or the store is unavailable: requests that the store cannot take
 * are held in memory and delivered later. Only a transaction that is bound to the calling
 * thread counts. Call this after the commit of a reactive one.
 */
@FunctionalInterface
public interface AfterCommitInvalidator {

	/**
	 * Invalidate everything that is tracked.
	 */
	default void invalidateAll() {
		invalidate(InvalidationRequest.ofEverything());
	}

	/**
	 * Invalidate what a request selects.
	 * @param request what to invalidate
	 * @throws InvalidRequestException if a pattern is malformed, the store does not keep
	 * the routes or tags that the request selects by, or the request happens
	 * {@linkplain InvalidationRequest#once once}, because requests of a transaction are
	 * merged
	 */
	void invalidate(InvalidationRequest request);

}
