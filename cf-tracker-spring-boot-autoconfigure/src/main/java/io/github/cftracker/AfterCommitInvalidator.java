package io.github.cftracker;

/**
 * Invalidates after the commit of the current transaction, once for all requests in it,
 * and never after a rollback; at once if there is no transaction.
 * <p>
 * There is no run to look at: a transaction has one at most, after its end. That
 * CloudFront or the store is away never reaches the caller; what the store does not take
 * is kept in memory, and delivered when it does. Transactions are those that are bound to
 * the calling thread: in a reactive one, call this when it has committed.
 */
@FunctionalInterface
public interface AfterCommitInvalidator {

	/**
	 * Invalidates everything that is tracked.
	 */
	default void invalidateAll() {
		invalidate(InvalidationRequest.ofEverything());
	}

	/**
	 * Invalidates what a request asks for.
	 * @param request what to invalidate
	 * @throws io.github.cftracker.InvalidRequestException if one of its patterns is
	 * malformed, the store does not keep what it selects by, or it happens
	 * {@linkplain InvalidationRequest#once once}, because requests of a transaction are
	 * merged
	 */
	void invalidate(InvalidationRequest request);

}
