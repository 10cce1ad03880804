package io.github.cftracker;

import java.time.Duration;

/**
 * Tracks paths by hand, for what no page request shows: a path that was never asked for,
 * a page that another system rendered, a product that was deleted.
 * <p>
 * Calls return at once and never fail because of the store: changes are buffered and
 * reach it with the next flush ({@code cf.tracker.tracking.flush-interval}). A path is
 * what follows the host in a request from CloudFront, percent-encoded, with its query
 * string; one that does not begin with {@code /} is refused with an
 * {@link IllegalArgumentException}. One that CloudFront would not accept is tracked, and
 * shown as rejected by the run that would have sent it.
 */
public interface UrlTracker {

	/**
	 * Tracks a path for as long as a page without caching headers is tracked:
	 * {@code cf.tracker.tracking.ttl.default} and {@code .grace}, or forever with
	 * {@code cf.tracker.tracking.ttl.mode=none}.
	 * @param path the path, beginning with {@code /}
	 */
	void track(String path);

	/**
	 * Tracks a path for the given time. Tracking again renews a lifetime and never
	 * shortens it.
	 * @param path the path, beginning with {@code /}
	 * @param ttl how long from now, more than zero;
	 * {@code ChronoUnit.FOREVER.getDuration()} for a path that never expires
	 */
	void track(String path, Duration ttl);

	/**
	 * Sets the lifetime of a tracked path to exactly the given time. A path that is not
	 * tracked stays so, and so does one that a wildcard stands for because there are too
	 * many.
	 * @param path the path, beginning with {@code /}
	 * @param ttl how long from now; zero or less untracks the path
	 */
	void expire(String path, Duration ttl);

	/**
	 * Stops tracking a path. What is already part of a run is still invalidated.
	 * @param path the path, beginning with {@code /}
	 */
	void untrack(String path);

}
