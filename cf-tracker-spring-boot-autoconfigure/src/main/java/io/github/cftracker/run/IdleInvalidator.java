package io.github.cftracker.run;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

import io.github.cftracker.CloudFrontInvalidator;
import io.github.cftracker.InvalidationPlan;
import io.github.cftracker.InvalidationRequest;
import io.github.cftracker.Run;
import io.github.cftracker.RunHandle;
import io.github.cftracker.Trigger;

/**
 * The invalidator of an application in which the tracker is off. Every run is
 * {@link Run.State#EMPTY}, and states why in {@link Run#error()}.
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
		return invalidate(InvalidationRequest.ofEverything());
	}

	@Override
	public RunHandle invalidate(InvalidationRequest request) {
		Instant now = Instant.now();
		Run run = new Run(UUID.randomUUID().toString(), Run.State.EMPTY, now, now, request.selection(), Trigger.API,
				null, 0L, 0L, 0L, List.of(), List.of(), 0, this.reason);
		return new RunHandle(run, CompletableFuture.completedFuture(run));
	}

	@Override
	public InvalidationPlan plan(InvalidationRequest request) {
		return new InvalidationPlan(request.selection(), 0, 0, 0, List.of(), Map.of(), 0, List.of(), 0, Duration.ZERO,
				0, null);
	}

	@Override
	public Optional<Run> find(String id) {
		return Optional.empty();
	}

}
