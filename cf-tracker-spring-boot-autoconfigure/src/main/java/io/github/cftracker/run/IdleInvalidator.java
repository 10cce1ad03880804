package io.github.cftracker.run;

import java.util.Optional;

import io.github.cftracker.CloudFrontInvalidator;
import io.github.cftracker.InvalidationPlan;
import io.github.cftracker.InvalidationRequest;
import io.github.cftracker.Run;
import io.github.cftracker.RunHandle;

/**
 * Invalidator of an application in which the tracker is disabled. Every run is
 * {@link Run.State#EMPTY}, with the reason in {@link Run#error()}.
 */
public class IdleInvalidator implements CloudFrontInvalidator {

	private final String reason;

	/**
	 * Create an invalidator that sends nothing.
	 * @param reason why nothing is sent
	 */
	public IdleInvalidator(String reason) {
		this.reason = reason;
	}

	@Override
	public RunHandle invalidateAll() {
		// Does not call the other method, because an aspect or a spy would see two
		// requests
		return RunHandle.ofNothing(InvalidationRequest.ofEverything(), this.reason);
	}

	@Override
	public RunHandle invalidate(InvalidationRequest request) {
		return RunHandle.ofNothing(request, this.reason);
	}

	@Override
	public InvalidationPlan plan(InvalidationRequest request) {
		return InvalidationPlan.ofNothing(request);
	}

	@Override
	public Optional<Run> find(String id) {
		return Optional.empty();
	}

}
