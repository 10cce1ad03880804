package io.github.cftracker.recording;

import java.time.Duration;
import java.util.List;

import io.github.cftracker.PathLifetime;
import io.github.cftracker.Selection;
import io.github.cftracker.StoreUnavailableException;
import io.github.cftracker.TrackedPath;
import io.github.cftracker.UrlStore;
import io.github.cftracker.text.LogText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replacement of paths that are tracked already by the wildcard that covers them.
 */
final class WildcardReplacement {

	private static final Logger logger = LoggerFactory.getLogger(WildcardReplacement.class);

	private static final int CHUNK = 1000;

	private static final int MAX_ROUNDS = 1000;

	private static final int SCAN = 10_000;

	private static final Duration LIFETIME = Duration.ofDays(366);

	// Longer ago than any response can be late
	private static final Duration AGE = Duration.ofDays(1);

	private final UrlStore store;

	private final WriteListener listener;

	WildcardReplacement(UrlStore store, WriteListener listener) {
		this.store = store;
		this.listener = listener;
	}

	/**
	 * Replace the paths that begin with a prefix. If the store refuses to, they stay
	 * tracked.
	 * @param prefix the wildcard without its {@code *}
	 * @throws StoreUnavailableException if the store is unavailable; call it again later
	 */
	void replace(String prefix) {
		try {
			replaceAll(prefix);
		}
		catch (StoreUnavailableException ex) {
			throw ex;
		}
		catch (RuntimeException ex) {
			logger.warn("The {} store could not replace the paths that '{}*' covers, so they are still tracked: {}",
					this.store.name(), LogText.clean(prefix), LogText.clean(ex.toString()));
			logger.debug("Could not replace paths by a wildcard", ex);
		}
	}

	private void replaceAll(String prefix) {
		PathLifetime wildcard = new PathLifetime(prefix + '*', LIFETIME, AGE);
		List<String> covered = covered(prefix, wildcard);
		for (int round = 0; !covered.isEmpty() && round < MAX_ROUNDS; round++) {
			for (int i = 0; i < covered.size(); i += CHUNK) {
				this.store.fold(wildcard, covered.subList(i, Math.min(i + CHUNK, covered.size())));
			}
			this.listener.written(List.of(wildcard));
			// The wildcard and the path that ends before its asterisk are no part of it
			covered = (covered.size() >= SCAN - 2) ? covered(prefix, wildcard) : List.of();
		}
	}

	private List<String> covered(String prefix, PathLifetime wildcard) {
		return this.store.scan(prefix, SCAN)
			.stream()
			.map(TrackedPath::path)
			.filter((path) -> !path.equals(wildcard.path()) && Selection.covers(wildcard.path(), path))
			.toList();
	}

}
