package io.github.cftracker;

import java.time.Duration;

/**
 * Tracker for paths that no page request reveals: a path that was not requested yet, a
 * page that another system rendered, a product that was deleted.
 * <p>
 * Calls return immediately and do not fail if the store is unavailable: changes are
 * buffered and written with the next flush ({@code cf.tracker.tracking.flush-interval}).
 * A path is what follows the host in a request from CloudFront, percent-encoded, with its
 * query string. Every method throws an {@link IllegalArgumentException} for a path that
 * does not begin with {@code /}. A path that CloudFront would not accept is tracked, and
 * the run that would have sent it reports it as rejected.
 */
public interface UrlTracker {

	/**
	 * Track a path for as long as a page without caching headers is tracked:
	 * {@code cf.tracker.tracking.ttl.default} and {@code .grace}, or forever with
	 * {@code cf.tracker.tracking.ttl.mode=none}.
	 * @param path the path, beginning with {@code /}
	 */
	void track(String path);

	/**
	 * Track a path for the given time. Tracking again renews a lifetime and never
	 * shortens it.
	 * @param path the path, beginning with {@code /}
	 * @param ttl how long from now, more than zero;
	 * {@code ChronoUnit.FOREVER.getDuration()} for a path that never expires
	 */
	void track(String path, Duration ttl);

	/**
	 * Set the lifetime of a tracked path to exactly the given time. Has no effect on a
	 * path that is not tracked, or that a wildcard replaces because there are too many.
	 * @param path the path, beginning with {@code /}
	 * @param ttl how long from now; zero or less untracks the path
	 */
	void expire(String path, Duration ttl);

	/**
	 * Stop tracking a path. A path that is part of a run is invalidated anyway.
	 * @param path the path, beginning with {@code /}
	 */
	void untrack(String path);

}
