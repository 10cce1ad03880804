package io.github.cftracker.web;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.cftracker.UrlTracker;
import io.github.cftracker.recording.ResponseRecorder;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what it is told, and fails for paths that say so.
 */
class RecordingTracker implements UrlTracker, ResponseRecorder {

	private final List<Event> events = new CopyOnWriteArrayList<>();

	private final List<Duration> ages = new CopyOnWriteArrayList<>();

	/**
	 * What the tracker was told.
	 */
	record Event(String action, String path, Duration ttl) {

		static Event track(String path, Duration ttl) {
			return new Event("track", path, ttl);
		}

		static Event track(String path) {
			return track(path, TestApplication.DEFAULT_LIFETIME);
		}

		static Event untrack(String path) {
			return new Event("untrack", path, Duration.ZERO);
		}

	}

	List<Event> events() {
		return List.copyOf(this.events);
	}

	/**
	 * How old each response was when it was tracked.
	 * @return the ages
	 */
	List<Duration> ages() {
		return List.copyOf(this.ages);
	}

	void clear() {
		this.events.clear();
		this.ages.clear();
	}

	@Override
	public void track(String path) {
		throw new UnsupportedOperationException();
	}

	@Override
	public void track(String path, Duration ttl) {
		throw new UnsupportedOperationException();
	}

	@Override
	public void track(String path, Duration ttl, long startedAt, @Nullable String route, Set<String> tags) {
		this.ages.add(Duration.ofNanos(System.nanoTime() - startedAt));
		record(Event.track(path, ttl));
	}

	@Override
	public void expire(String path, Duration ttl) {
		throw new UnsupportedOperationException();
	}

	@Override
	public void untrack(String path) {
		record(Event.untrack(path));
	}

	private void record(Event event) {
		this.events.add(event);
		if (event.path().contains("tracker-fails")) {
			throw new IllegalStateException("The tracker fails");
		}
	}

}
