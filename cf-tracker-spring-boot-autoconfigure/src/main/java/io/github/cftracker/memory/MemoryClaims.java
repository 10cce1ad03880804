package io.github.cftracker.memory;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import io.github.cftracker.Claim;
import io.github.cftracker.Selection;
import io.github.cftracker.StoreUnavailableException;
import io.github.cftracker.TrackedPath;
import io.github.cftracker.UrlStore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Claims of runs and their frozen batches. Frozen items stay in their claim until they
 * are settled, because only the store knows their remaining lifetimes.
 */
final class MemoryClaims {

	private static final Logger logger = LoggerFactory.getLogger(MemoryClaims.class);

	private static final int CHUNK = 1000;

	private final Map<String, Claim> claims = new ConcurrentHashMap<>();

	private final Map<String, Map<String, List<String>>> frozen = new HashMap<>();

	private final Map<String, Set<String>> acceptedCovering = new HashMap<>();

	private final Map<String, List<String>> plans = new HashMap<>();

	private final UrlStore store;

	private final AtomicInteger made = new AtomicInteger();

	MemoryClaims(UrlStore store) {
		this.store = store;
	}

	// The store is called without a lock, because a slow call must not hold up renewals
	Claim claim(String runId, Selection selection) {
		if (!has(runId)) {
			this.claims.put(runId, this.store.claim(runId + "-" + this.made.getAndIncrement(), selection));
		}
		return open(runId);
	}

	/**
	 * Return the current claim of a run.
	 */
	Claim open(String runId) {
		Claim claim = this.claims.get(runId);
		return (claim != null) ? new OpenClaim(runId, claim) : new NoClaim();
	}

	/**
	 * Claim the given paths, and for a wildcard all paths that it covers.
	 */
	Claim claimLate(String runId, Collection<String> paths) {
		// An empty selection would select everything
		return paths.isEmpty() ? new NoClaim() : claim(runId, new Selection(List.copyOf(paths)));
	}

	synchronized @Nullable List<String> planned(String runId) {
		return this.plans.get(runId);
	}

	synchronized void plan(String runId, List<String> items) {
		this.plans.putIfAbsent(runId, List.copyOf(items));
	}

	synchronized Set<String> acceptedCovering(String runId) {
		return this.acceptedCovering.computeIfAbsent(runId, (id) -> new HashSet<>());
	}

	boolean has(String runId) {
		return this.claims.containsKey(runId);
	}

	void renew() {
		this.claims.values().forEach(Claim::renew);
	}

	synchronized void freeze(String runId, String reference, List<String> items) {
		this.frozen.computeIfAbsent(runId, (id) -> new HashMap<>()).put(reference, List.copyOf(items));
	}

	synchronized List<String> frozen(String runId, String reference) {
		return this.frozen.getOrDefault(runId, Map.of()).getOrDefault(reference, List.of());
	}

	synchronized List<String> unfreeze(String runId, String reference) {
		List<String> items = frozen(runId, reference);
		Map<String, List<String>> frozen = this.frozen.getOrDefault(runId, new HashMap<>());
		frozen.remove(reference);
		if (frozen.isEmpty()) {
			this.frozen.remove(runId);
		}
		return items;
	}

	/**
	 * Forget the items of a batch.
	 * @return whether it was frozen
	 */
	boolean forget(String runId, String reference) {
		Claim claim = this.claims.get(runId);
		if (claim != null) {
			claim.forget(frozen(runId, reference));
		}
		return !unfreeze(runId, reference).isEmpty();
	}

	/**
	 * Track the items of a batch again.
	 */
	void giveBack(String runId, String reference) {
		Claim claim = this.claims.get(runId);
		if (claim != null) {
			claim.giveBack(frozen(runId, reference));
		}
		unfreeze(runId, reference);
	}

	/**
	 * Give back all paths of a run, including frozen ones.
	 */
	void end(String runId) {
		Claim claim = this.claims.get(runId);
		if (claim != null) {
			close(claim);
			this.claims.remove(runId);
		}
		synchronized (this) {
			this.frozen.remove(runId);
			this.acceptedCovering.remove(runId);
			this.plans.remove(runId);
		}
	}

	private static void close(Claim claim) {
		try {
			claim.close();
		}
		catch (StoreUnavailableException ex) {
			throw ex;
		}
		catch (RuntimeException ex) {
			logger.warn("Could not close a claim. Its store decides whether its paths are still tracked", ex);
		}
	}

	private synchronized Set<String> frozen(String runId) {
		Set<String> all = new HashSet<>();
		this.frozen.getOrDefault(runId, Map.of()).values().forEach(all::addAll);
		return all;
	}

	/**
	 * Part of a claim that is not frozen.
	 */
	private final class OpenClaim implements Claim {

		private final String runId;

		private final Claim delegate;

		OpenClaim(String runId, Claim delegate) {
			this.runId = runId;
			this.delegate = delegate;
		}

		@Override
		public long size() {
			return this.delegate.size();
		}

		@Override
		public List<TrackedPath> next(int max) {
			Set<String> frozen = frozen(this.runId);
			int more = (int) Math.min(Integer.MAX_VALUE, (long) max + frozen.size());
			return this.delegate.next(more)
				.stream()
				.filter((path) -> !frozen.contains(path.path()))
				.limit(max)
				.toList();
		}

		@Override
		public void forEach(Consumer<TrackedPath> action) {
			Set<String> frozen = frozen(this.runId);
			this.delegate.forEach((path) -> {
				if (!frozen.contains(path.path())) {
					action.accept(path);
				}
			});
		}

		@Override
		public void forget(Collection<String> paths) {
			this.delegate.forget(paths);
		}

		@Override
		public void giveBack(Collection<String> paths) {
			this.delegate.giveBack(paths);
		}

		@Override
		public void close() {
			if (frozen(this.runId).isEmpty()) {
				end(this.runId);
				return;
			}
			List<TrackedPath> rest = next(CHUNK);
			while (!rest.isEmpty()) {
				giveBack(rest.stream().map(TrackedPath::path).toList());
				rest = next(CHUNK);
			}
		}

	}

	private static final class NoClaim implements Claim {

		@Override
		public long size() {
			return 0;
		}

		@Override
		public List<TrackedPath> next(int max) {
			return List.of();
		}

		@Override
		public void forget(Collection<String> paths) {
		}

		@Override
		public void giveBack(Collection<String> paths) {
		}

		@Override
		public void close() {
		}

	}

}
