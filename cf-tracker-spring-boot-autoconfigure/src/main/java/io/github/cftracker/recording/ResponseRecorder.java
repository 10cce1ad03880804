package io.github.cftracker.recording;

import java.time.Duration;
import java.util.Set;

import io.github.cftracker.UrlTracker;
import org.jspecify.annotations.Nullable;

/**
 * Recorder of responses, with the time when each began: a response that was already being
 * rendered when an invalidation was accepted may put old content back into the edge.
 * <p>
 * Responses reach a {@link UrlTracker} that is also a recorder through these methods
 * only.
 */
public interface ResponseRecorder {

	/**
	 * Track the path of a response that is complete.
	 * @param path the path, beginning with {@code /}
	 * @param ttl how long from now, more than zero
	 * @param startedAt {@link System#nanoTime()} at the start of the request
	 * @param route the pattern of the handler that rendered it, {@code null} if there is
	 * none
	 * @param tags its cache tags, as {@link io.github.cftracker.CacheTag} writes them
	 */
	void track(String path, Duration ttl, long startedAt, @Nullable String route, Set<String> tags);

	/**
	 * Stop tracking a path under which CloudFront has cached nothing.
	 * @param path the path, beginning with {@code /}
	 */
	void untrack(String path);

	/**
	 * Stop tracking a path that the application answered with 404.
	 * @param path the path, beginning with {@code /}
	 */
	default void untrackNotFound(String path) {
		untrack(path);
	}

	/**
	 * Return the recorder of a tracker. If the application's own tracker is not a
	 * recorder, it gets neither the start nor the tags of a response.
	 * @param tracker the tracker
	 * @return the tracker itself if it is a recorder
	 */
	static ResponseRecorder of(UrlTracker tracker) {
		if (tracker instanceof ResponseRecorder recorder) {
			return recorder;
		}
		return new ResponseRecorder() {

			@Override
			public void track(String path, Duration ttl, long startedAt, @Nullable String route, Set<String> tags) {
				tracker.track(path, ttl);
			}

			@Override
			public void untrack(String path) {
				tracker.untrack(path);
			}

		};
	}

}
