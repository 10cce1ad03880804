package io.github.cftracker.transaction;

import java.util.function.Consumer;

import io.github.cftracker.InvalidationRequest;
import io.github.cftracker.Selection;

/**
 * Invalidates after the commit of the current transaction, once for all that was asked
 * for in it, and never after a rollback; at once where there is no transaction.
 * <p>
 * There is no run to look at: a transaction has one at most, after its end. That
 * CloudFront or the store is away never reaches the caller; what the store does not take
 * is kept in memory, and delivered when it does. Transactions are those that are bound to
 * the calling thread: in a reactive one, call this when it has committed.
 */
public final class AfterCommitInvalidator {

	private final Consumer<InvalidationRequest> delivery;

	private final Consumer<Selection> check;

	/**
	 * Create an invalidator.
	 * @param delivery takes requests, such as an {@link AfterCommit}
	 * @param check throws {@link io.github.cftracker.InvalidRequestException} for what
	 * cannot be selected
	 */
	public AfterCommitInvalidator(Consumer<InvalidationRequest> delivery, Consumer<Selection> check) {
		this.delivery = delivery;
		this.check = check;
	}

	/**
	 * Invalidates everything that is tracked.
	 */
	public void invalidateAll() {
		invalidate(InvalidationRequest.ofEverything());
	}

	/**
	 * Invalidates what a request asks for.
	 * @param request what to invalidate
	 * @throws io.github.cftracker.InvalidRequestException if one of its patterns is
	 * malformed, or the store does not keep what is asked for
	 */
	public void invalidate(InvalidationRequest request) {
		check(request);
		this.delivery.accept(request);
	}

	/**
	 * Refuses what would make the whole run fail in which it is folded with others.
	 */
	void check(InvalidationRequest request) {
		this.check.accept(request.selection());
	}

}
