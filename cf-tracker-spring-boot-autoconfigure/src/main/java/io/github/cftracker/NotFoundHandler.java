package io.github.cftracker;

/**
 * Handler for paths that the application answered with 404. A bean of this type replaces
 * the default, which untracks the path, or keeps it with
 * {@code cf.tracker.tracking.not-found=keep}.
 */
@FunctionalInterface
public interface NotFoundHandler {

	/**
	 * Handle a path. Called after the response is complete, on any thread, for each
	 * request that would have been tracked. An exception is logged and does not reach the
	 * request.
	 * @param path the path as CloudFront caches it, beginning with {@code /}
	 */
	void handle(String path);

}
