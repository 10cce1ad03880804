package io.github.cftracker.recording;

import java.time.Duration;

import io.github.cftracker.UrlTracker;

/**
 * Tracker of an application that has switched tracking off. Its methods have no effect.
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
