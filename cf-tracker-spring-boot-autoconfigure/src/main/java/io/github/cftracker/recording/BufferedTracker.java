package io.github.cftracker.recording;

import java.time.Duration;
import java.util.Set;

import io.github.cftracker.UrlTracker;
import org.jspecify.annotations.Nullable;

/**
 * {@link UrlTracker} of the application, which a mock or a proxy may replace while the
 * {@link PathRecorder} stays. No method calls another, so that a spy sees each call once.
 */
public class BufferedTracker implements UrlTracker, ResponseRecorder {

	private final PathRecorder recorder;

	/**
	 * Create a tracker.
	 * @param recorder buffers what is tracked
	 */
	public BufferedTracker(PathRecorder recorder) {
		this.recorder = recorder;
	}

	@Override
	public void track(String path) {
		this.recorder.track(path);
	}

	@Override
	public void track(String path, Duration ttl) {
		this.recorder.track(path, ttl);
	}

	@Override
	public void track(String path, Duration ttl, long startedAt, @Nullable String route, Set<String> tags) {
		this.recorder.track(path, ttl, startedAt, route, tags);
	}

	@Override
	public void expire(String path, Duration ttl) {
		this.recorder.expire(path, ttl);
	}

	@Override
	public void untrack(String path) {
		this.recorder.untrack(path);
	}

	@Override
	public void untrackNotFound(String path) {
		this.recorder.untrackNotFound(path);
	}

}
