package io.github.cftracker.transaction;

import io.github.cftracker.InvalidationRequest;

/**
 * Delivery of requests to the invalidator, immediately or after a commit.
 */
public interface RequestDelivery {

	/**
	 * Accept a request for delivery. Never throws.
	 * @param request the request
	 */
	void accept(InvalidationRequest request);

}
