package io.github.cftracker;

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
	 * The id of the run.
	 * @return the id
	 */
	public String id() {
		return this.run.id();
	}

}
