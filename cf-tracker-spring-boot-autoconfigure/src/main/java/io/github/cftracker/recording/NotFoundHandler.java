package io.github.cftracker.recording;

import io.github.cftracker.UrlTracker;

/**
 * Handles a path that the application answered with 404: it is untracked, so that nobody
 * pays for invalidating a page that does not exist. A bean of this type replaces ours.
 * <p>
 * The limit: an edge that holds the page from before it was removed keeps it until it
 * expires. The first such path that {@link PathRecorder} finds is a finding.
 * {@code cf.tracker.tracking.not-found=keep} keeps these paths tracked.
 */
public class NotFoundHandler {

	private final UrlTracker tracker;

	private final boolean untrack;

	/**
	 * Create a handler.
	 * @param tracker what the path is untracked with
	 * @param untrack whether to untrack, or keep what was tracked before
	 */
	public NotFoundHandler(UrlTracker tracker, boolean untrack) {
		this.tracker = tracker;
		this.untrack = untrack;
	}

	/**
	 * Called after a request that would have been tracked ended with 404.
	 * @param path the path
	 */
	public void handle(String path) {
		if (!this.untrack) {
			return;
		}
		if (this.tracker instanceof ResponseRecorder recorder) {
			recorder.untrackNotFound(path);
		}
		else {
			this.tracker.untrack(path);
		}
	}

}
