package io.github.cftracker.transaction;

import io.github.cftracker.AfterCommitInvalidator;
import io.github.cftracker.InvalidRequestException;
import io.github.cftracker.InvalidationRequest;
import io.github.cftracker.run.RunPlanner;

import org.springframework.beans.factory.ObjectProvider;

/**
 * Invalidator that delivers requests immediately. It rejects what would make the run fail
 * in which a request is merged with others. No public method calls another, so that a spy
 * sees each request once.
 */
public class CheckedInvalidator implements AfterCommitInvalidator {

	private final ObjectProvider<AfterCommitDelivery> delivery;

	private final ObjectProvider<RunPlanner> planner;

	/**
	 * Create an invalidator.
	 * @param delivery accepts requests
	 * @param planner checks what is selected
	 */
	public CheckedInvalidator(ObjectProvider<AfterCommitDelivery> delivery, ObjectProvider<RunPlanner> planner) {
		this.delivery = delivery;
		this.planner = planner;
	}

	@Override
	public void invalidateAll() {
		deliver(InvalidationRequest.ofEverything(), this.delivery.getObject());
	}

	@Override
	public void invalidate(InvalidationRequest request) {
		rejectOnce(request);
		this.planner.ifAvailable((planner) -> planner.check(request.selection()));
		deliver(request, this.delivery.getObject());
	}

	/**
	 * Deliver a request that is valid.
	 */
	void deliver(InvalidationRequest request, AfterCommitDelivery delivery) {
		delivery.accept(request);
	}

	static void rejectOnce(InvalidationRequest request) {
		if (request.once() != null) {
			throw new InvalidRequestException("once",
					"A request after a commit cannot happen once, because it is merged with others: use 'CloudFrontInvalidator'");
		}
	}

}
