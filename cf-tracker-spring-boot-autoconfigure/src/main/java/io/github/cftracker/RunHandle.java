package io.github.cftracker;

import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * What a request to invalidate returns.
 *
 * @param run the run as it stood when it was requested;
 * {@link CloudFrontInvalidator#find(String)} shows how it stands now
 * @param completion completes with the run in its final state, also where it failed; it
 * completes exceptionally only when the application stops before, or when the run is not
 * in the store any more
 */
public record RunHandle(Run run, CompletableFuture<Run> completion) {

	/**
	 * Return what an invalidator returns that sends nothing for a request.
	 * @param request what was requested
	 * @param reason why nothing is sent, shown as {@link Run#error()}
	 * @return an {@link Run.State#EMPTY} run, which no store knows
	 */
	public static RunHandle ofNothing(InvalidationRequest request, String reason) {
		Instant now = Instant.now();
		Run run = Run.queued(UUID.randomUUID().toString(), request.selection(), request.trigger(), now)
			.withRequestedBy(request.requestedBy())
			.withState(Run.State.EMPTY)
			.withFinishedAt(now)
			.withCounts(0L, 0L, 0L)
			.withError(reason);
		return new RunHandle(run, CompletableFuture.completedFuture(run));
	}

	/**
	 * The id of the run.
	 * @return the id
	 */
	public String id() {
		return this.run.id();
	}

}
