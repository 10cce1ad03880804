package io.github.cftracker.recording;

import java.time.Duration;

import io.github.cftracker.UrlTracker;

/**
 * The tracker of an application in which the tracker is off: every call does nothing.
 */
public class IdleTracker implements UrlTracker {

	@Override
	public void track(String path) {
	}

	@Override
	public void track(String path, Duration ttl) {
	}

	@Override
	public void expire(String path, Duration ttl) {
	}

	@Override
	public void untrack(String path) {
	}

}
