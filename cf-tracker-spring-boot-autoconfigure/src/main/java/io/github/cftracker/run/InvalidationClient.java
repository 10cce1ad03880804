package io.github.cftracker.run;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * Client for the part of CloudFront's invalidation API that runs use. Calls block. Each
 * call is one attempt with a time limit, without retries.
 */
public interface InvalidationClient {

	/**
	 * Create an invalidation. The same reference with the same items is never billed
	 * twice.
	 * @param callerReference our unique name for it
	 * @param items the invalidation paths
	 * @return CloudFront's id
	 * @throws InvalidationException if CloudFront did not accept it, or may not have
	 * accepted it
	 */
	String create(String callerReference, List<String> items);

	/**
	 * Find an invalidation by its reference, among those that were created since a time.
	 * @param callerReference our unique name for it
	 * @param items the invalidation paths it must carry, {@code null} if they are unknown
	 * @param since the time, by our clock
	 * @return CloudFront's id, empty if no invalidation has this reference and exactly
	 * these items
	 * @throws InvalidationException if CloudFront does not answer, or refuses the call
	 */
	Optional<String> find(String callerReference, @Nullable List<String> items, Instant since);

	/**
	 * Return whether CloudFront has completed an invalidation.
	 * @param invalidationId CloudFront's id
	 * @return whether it is completed
	 * @throws InvalidationException if CloudFront does not answer, or refuses the call
	 */
	boolean isCompleted(String invalidationId);

	/**
	 * Return which invalidations CloudFront has completed, with fewer calls than one for
	 * each. Clients that do not list invalidations return an empty map.
	 * @param invalidationIds CloudFront's ids
	 * @return whether each invalidation is completed, without those that were not found
	 * @throws InvalidationException if CloudFront does not answer, or refuses the call
	 */
	default Map<String, Boolean> listCompleted(Collection<String> invalidationIds) {
		return Map.of();
	}

}
