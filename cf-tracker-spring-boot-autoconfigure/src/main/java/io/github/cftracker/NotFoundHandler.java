package io.github.cftracker;

/**
 * Handler for paths that the application answered with 404. A bean of this type replaces
 * the default, which untracks the path, or keeps it with
 * {@code cf.tracker.tracking.not-found=keep}. That property then has no effect, and what
 * the bean untracks with {@link UrlTracker#untrack} is neither counted as
 * {@code cf.tracker.paths.untracked} nor reported by the finding
 * {@code not-found-untracked}.
 */
@FunctionalInterface
public interface NotFoundHandler {

	/**
	 * Handle a path. Called after the response is complete, on any thread, once for each
	 * path under which CloudFront may have cached the page. There is none if the path
	 * cannot be trusted. An exception is logged and does not reach the request.
	 * @param path the path as CloudFront caches it, beginning with {@code /}
	 */
	void handle(String path);

}
