package io.github.cftracker.memory;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.github.cftracker.Claim;
import io.github.cftracker.TrackedPath;

/**
 * Claimed paths of a {@link MemoryUrlStore}, guarded by that store's lock.
 */
final class MemoryClaim implements Claim {

	private final MemoryUrlStore store;

	private final Map<String, MemoryPath> paths;

	private final Set<String> untracked = new HashSet<>();

	private final int size;

	MemoryClaim(MemoryUrlStore store, Map<String, MemoryPath> paths) {
		this.store = store;
		this.paths = paths;
		this.size = paths.size();
	}

	@Override
	public long size() {
		return this.size;
	}

	@Override
	public List<TrackedPath> next(int max) {
		synchronized (this.store) {
			List<TrackedPath> next = new ArrayList<>();
			Iterator<Map.Entry<String, MemoryPath>> entries = this.paths.entrySet().iterator();
			while (entries.hasNext() && next.size() < max) {
				Map.Entry<String, MemoryPath> entry = entries.next();
				if (this.store.isExpired(entry.getValue().expiry())) {
					entries.remove();
				}
				else {
					next.add(entry.getValue().described(entry.getKey()));
				}
			}
			return next;
		}
	}

	@Override
	public void forget(Collection<String> paths) {
		synchronized (this.store) {
			paths.forEach(this.paths::remove);
		}
	}

	@Override
	public void giveBack(Collection<String> paths) {
		synchronized (this.store) {
			for (String path : paths) {
				MemoryPath known = this.paths.remove(path);
				if (known != null) {
					giveBack(path, known);
				}
			}
		}
	}

	@Override
	public void close() {
		synchronized (this.store) {
			this.paths.forEach(this::giveBack);
			this.paths.clear();
			this.store.end(this);
		}
	}

	private void giveBack(String path, MemoryPath known) {
		if (!this.untracked.contains(path)) {
			this.store.giveBack(path, known);
		}
	}

	void untracked(Collection<String> paths) {
		paths.stream().filter(this.paths::containsKey).forEach(this.untracked::add);
	}

}
