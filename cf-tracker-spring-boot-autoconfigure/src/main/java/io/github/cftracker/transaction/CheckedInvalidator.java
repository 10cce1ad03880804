package io.github.cftracker.transaction;

import io.github.cftracker.AfterCommitInvalidator;
import io.github.cftracker.InvalidRequestException;
import io.github.cftracker.InvalidationRequest;
import io.github.cftracker.run.RunPlanner;

import org.springframework.beans.factory.ObjectProvider;

/**
 * Invalidator that rejects what would make the run fail in which a request is merged with
 * others. No method calls another that can be overridden, so that a spy sees each request
 * once.
 */
public class CheckedInvalidator implements AfterCommitInvalidator {

	private final RequestDelivery delivery;

	private final ObjectProvider<RunPlanner> planner;

	/**
	 * Create an invalidator.
	 * @param delivery accepts requests
	 * @param planner checks what is selected
	 */
	public CheckedInvalidator(RequestDelivery delivery, ObjectProvider<RunPlanner> planner) {
		this.delivery = delivery;
		this.planner = planner;
	}

	@Override
	public void invalidateAll() {
		this.delivery.accept(InvalidationRequest.ofEverything());
	}

	@Override
	public void invalidate(InvalidationRequest request) {
		rejectOnce(request);
		this.planner.ifAvailable((planner) -> planner.selections().check(request.selection()));
		this.delivery.accept(request);
	}

	static void rejectOnce(InvalidationRequest request) {
		if (request.once() != null) {
			throw new InvalidRequestException("once",
					"A request after a commit cannot happen once, because it is merged with others: use 'CloudFrontInvalidator'");
		}
	}

}
