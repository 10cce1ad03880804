package io.github.cftracker.memory;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

import io.github.cftracker.Claim;
import io.github.cftracker.Run.Batch;
import io.github.cftracker.Selection;
import io.github.cftracker.StoreUnavailableException;
import io.github.cftracker.TrackedPath;
import io.github.cftracker.run.RunItems;
import io.github.cftracker.run.Step;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@link RunItems} within one process, for any store. Frozen items stay in their claim
 * until they are settled, because only the store knows their remaining lifetimes. The
 * store is called without a lock, because a slow call must not hold up renewals.
 */
final class MemoryRunItems implements RunItems {

	private static final Logger logger = LoggerFactory.getLogger(MemoryRunItems.class);

	private static final int CHUNK = 1000;

	private final Map<String, List<String>> frozen = new HashMap<>();

	private final Set<String> acceptedCovering = new HashSet<>();

	private @Nullable List<String> planned;

	private volatile @Nullable Claim claim;

	boolean isClaimed() {
		return this.claim != null;
	}

	void claimed(Claim claim) {
		this.claim = claim;
	}

	@Override
	public String claimName(boolean late) {
		return "";
	}

	@Override
	public synchronized List<String> planned() {
		List<String> planned = this.planned;
		return (planned != null) ? planned : List.of();
	}

	synchronized void plan(List<String> items) {
		if (this.planned == null) {
			this.planned = List.copyOf(items);
		}
	}

	@Override
	public List<String> frozen(Batch batch) {
		return frozen(batch.callerReference());
	}

	private synchronized List<String> frozen(String reference) {
		return this.frozen.getOrDefault(reference, List.of());
	}

	private synchronized Set<String> frozen() {
		Set<String> all = new HashSet<>();
		this.frozen.values().forEach(all::addAll);
		return all;
	}

	synchronized void freeze(Batch batch, List<String> items) {
		this.frozen.put(batch.callerReference(), List.copyOf(items));
	}

	/**
	 * Split a batch, unless it was split before.
	 */
	synchronized void split(Step.Split step) {
		List<String> whole = unfreeze(step.parent());
		if (!whole.isEmpty()) {
			int middle = step.first().items();
			freeze(step.first(), whole.subList(0, middle));
			freeze(step.second(), whole.subList(middle, whole.size()));
		}
	}

	/**
	 * Rename a batch, unless it was renamed before.
	 */
	synchronized void rename(Step.Rename step) {
		List<String> items = unfreeze(step.batch());
		if (!items.isEmpty()) {
			freeze(step.renamed(), items);
		}
	}

	private synchronized List<String> unfreeze(Batch batch) {
		List<String> items = this.frozen.remove(batch.callerReference());
		return (items != null) ? items : List.of();
	}

	@Override
	public synchronized Set<String> acceptedCovering() {
		return Set.copyOf(this.acceptedCovering);
	}

	synchronized void accept(Collection<String> covering) {
		this.acceptedCovering.addAll(covering);
	}

	/**
	 * Forget the items of a batch.
	 * @return whether it was frozen
	 */
	boolean forget(Batch batch) {
		forget(frozen(batch));
		return !unfreeze(batch).isEmpty();
	}

	/**
	 * Track the items of a batch again.
	 */
	void giveBack(Batch batch) {
		giveBack(frozen(batch));
		unfreeze(batch);
	}

	@Override
	public long size() {
		Claim claim = this.claim;
		return (claim != null) ? claim.size() : 0;
	}

	@Override
	public List<TrackedPath> next(int max) {
		Claim claim = this.claim;
		if (claim == null) {
			return List.of();
		}
		Set<String> frozen = frozen();
		int more = (int) Math.min(Integer.MAX_VALUE, (long) max + frozen.size());
		return claim.next(more).stream().filter((path) -> !frozen.contains(path.path())).limit(max).toList();
	}

	@Override
	public List<String> nextPaths(int max) {
		return next(max).stream().map(TrackedPath::path).toList();
	}

	@Override
	public List<String> wildcards() {
		List<String> wildcards = new ArrayList<>();
		forEach((path) -> {
			if (Selection.isWildcard(path.path())) {
				wildcards.add(path.path());
			}
		});
		return wildcards;
	}

	@Override
	public void forEach(Consumer<TrackedPath> action) {
		Claim claim = this.claim;
		if (claim != null) {
			Set<String> frozen = frozen();
			claim.forEach((path) -> {
				if (!frozen.contains(path.path())) {
					action.accept(path);
				}
			});
		}
	}

	@Override
	public void forget(Collection<String> paths) {
		Claim claim = this.claim;
		if (claim != null) {
			claim.forget(paths);
		}
	}

	@Override
	public void giveBack(Collection<String> paths) {
		Claim claim = this.claim;
		if (claim != null) {
			claim.giveBack(paths);
		}
	}

	@Override
	public void renew() {
		Claim claim = this.claim;
		if (claim != null) {
			claim.renew();
		}
	}

	@Override
	public void close() {
		if (frozen().isEmpty()) {
			end();
			return;
		}
		List<TrackedPath> rest = next(CHUNK);
		while (!rest.isEmpty()) {
			giveBack(rest.stream().map(TrackedPath::path).toList());
			rest = next(CHUNK);
		}
	}

	/**
	 * Give back all paths, including frozen ones.
	 */
	void end() {
		Claim claim = this.claim;
		if (claim != null) {
			close(claim);
			this.claim = null;
		}
		synchronized (this) {
			this.frozen.clear();
			this.acceptedCovering.clear();
			this.planned = null;
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

}
