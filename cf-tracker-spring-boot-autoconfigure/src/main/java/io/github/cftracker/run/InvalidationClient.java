package io.github.cftracker.run;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * CloudFront's invalidation API, as far as a run needs it. Calls block. Each is one
 * attempt of limited time: the sender waits and retries.
 */
public interface InvalidationClient {

	/**
	 * Creates an invalidation. The same reference with the same items is never billed
	 * twice.
	 * @param callerReference our unique name for it
	 * @param items the invalidation paths
	 * @return CloudFront's id
	 * @throws InvalidationException if CloudFront did not accept it, or that is not known
	 */
	String create(String callerReference, List<String> items);

	/**
	 * Look up an invalidation by its reference, among those that were created since a
	 * time.
	 * @param callerReference our unique name for it
	 * @param items the invalidation paths it must carry, {@code null} if they are unknown
	 * @param since the time, by our clock
	 * @return CloudFront's id, empty if there is none with this reference and exactly
	 * these items
	 * @throws InvalidationException if CloudFront does not answer, or refuses
	 */
	Optional<String> find(String callerReference, @Nullable List<String> items, Instant since);

	/**
	 * Whether CloudFront has completed an invalidation.
	 * @param invalidationId CloudFront's id
	 * @return whether it is completed
	 * @throws InvalidationException if CloudFront does not say
	 */
	boolean isCompleted(String invalidationId);

}
