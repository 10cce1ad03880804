package io.github.cftracker;

import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * Result of a request to invalidate.
 *
 * @param run the run as it stood when it was requested;
 * {@link CloudFrontInvalidator#find(String)} shows how it stands now
 * @param completion completes with the run in its final state, including
 * {@link Run.State#FAILED}; completes exceptionally only if the application stops before,
 * or if the store no longer has the run
 */
public record RunHandle(Run run, CompletableFuture<Run> completion) {

	/**
	 * Return the handle of a request for which nothing is sent.
	 * @param request what was requested
	 * @param reason why nothing is sent, shown as {@link Run#error()}
	 * @return the handle of an {@link Run.State#EMPTY} run that no store has
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
	 * Return the id of the run.
	 * @return the id
	 */
	public String id() {
		return this.run.id();
	}

}
