package io.github.cftracker.test;

import java.time.Instant;
import java.util.List;

/**
 * An invalidation that the local CloudFront has accepted, as it stood when it was asked
 * for. It does not follow later changes of the status.
 *
 * @param id the id that CloudFront gave it
 * @param callerReference the caller's unique name for the batch
 * @param paths the invalidation paths as they were sent, in order, duplicates included
 * @param createdAt when it was accepted, in milliseconds
 * @param status {@code InProgress} or {@code Completed}
 */
public record Invalidation(String id, String callerReference, List<String> paths, Instant createdAt, String status) {

	public Invalidation {
		paths = List.copyOf(paths);
	}

}
