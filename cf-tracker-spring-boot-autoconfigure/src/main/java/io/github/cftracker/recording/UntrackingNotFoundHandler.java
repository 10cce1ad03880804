package io.github.cftracker.recording;

import io.github.cftracker.NotFoundHandler;
import io.github.cftracker.UrlTracker;

/**
 * Handler that untracks a path, so that no invalidation of a page that does not exist is
 * paid for.
 * <p>
 * An edge that holds the page from before it was removed keeps it until it expires. The
 * first such path that {@link PathRecorder} finds is a finding.
 */
public class UntrackingNotFoundHandler implements NotFoundHandler {

	private final ResponseRecorder recorder;

	private final boolean untrack;

	/**
	 * Create a handler.
	 * @param tracker what the path is untracked with
	 * @param untrack whether to untrack, or keep what was tracked before
	 */
	public UntrackingNotFoundHandler(UrlTracker tracker, boolean untrack) {
		this.recorder = ResponseRecorder.of(tracker);
		this.untrack = untrack;
	}

	@Override
	public void handle(String path) {
		if (this.untrack) {
			this.recorder.untrackNotFound(path);
		}
	}

}
