package io.github.cftracker.web;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.cftracker.Claim;
import io.github.cftracker.PathLifetime;
import io.github.cftracker.Selection;
import io.github.cftracker.TrackedPath;
import io.github.cftracker.UrlStore;

/**
 * Keeps what it is told to track, as it is told.
 */
class CapturingStore implements UrlStore {

	private final List<PathLifetime> tracked = new CopyOnWriteArrayList<>();

	private final List<String> untracked = new CopyOnWriteArrayList<>();

	List<PathLifetime> tracked(String path) {
		return this.tracked.stream().filter((one) -> one.path().equals(path)).toList();
	}

	List<String> untracked() {
		return new ArrayList<>(this.untracked);
	}

	void clear() {
		this.tracked.clear();
		this.untracked.clear();
	}

	@Override
	public void track(Collection<PathLifetime> paths) {
		this.tracked.addAll(paths);
	}

	@Override
	public void expire(Collection<PathLifetime> paths) {
		throw new UnsupportedOperationException();
	}

	@Override
	public void untrack(Collection<String> paths) {
		this.untracked.addAll(paths);
	}

	@Override
	public long count() {
		return 0;
	}

	@Override
	public List<TrackedPath> scan(String prefix, int limit) {
		return List.of();
	}

	@Override
	public Claim claim(String id, Selection selection) {
		throw new UnsupportedOperationException();
	}

}
