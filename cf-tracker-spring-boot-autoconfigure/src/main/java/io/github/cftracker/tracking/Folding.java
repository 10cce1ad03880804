package io.github.cftracker.tracking;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;

import io.github.cftracker.PathLifetime;
import io.github.cftracker.TrackedPath;
import io.github.cftracker.UrlStore;

/**
 * Replaces what is tracked already by the wildcards that now stand for it. What could not
 * be replaced because the store is away is replaced later.
 */
final class Folding {

	private static final int CHUNK = 1000;

	private static final int SCAN = 10_000;

	private static final Duration LIFETIME = Duration.ofDays(366);

	// Longer ago than any response can be late
	private static final Duration AGE = Duration.ofDays(1);

	private final UrlStore store;

	private final Queue<String> prefixes;

	private final Consumer<Collection<PathLifetime>> written;

	Folding(UrlStore store, Queue<String> prefixes, Consumer<Collection<PathLifetime>> written) {
		this.store = store;
		this.prefixes = prefixes;
		this.written = written;
	}

	void fold() {
		String prefix = this.prefixes.peek();
		while (prefix != null) {
			fold(prefix);
			this.prefixes.remove();
			prefix = this.prefixes.peek();
		}
	}

	private void fold(String prefix) {
		PathLifetime wildcard = new PathLifetime(prefix + '*', LIFETIME, AGE);
		List<String> covered = List.of();
		do {
			covered = this.store.scan(prefix, SCAN)
				.stream()
				.map(TrackedPath::path)
				.filter((path) -> !path.equals(wildcard.path()))
				.toList();
			for (int i = 0; i < covered.size(); i += CHUNK) {
				this.store.fold(wildcard, covered.subList(i, Math.min(i + CHUNK, covered.size())));
			}
			if (!covered.isEmpty()) {
				this.written.accept(List.of(wildcard));
			}
		}
		while (covered.size() >= SCAN - 1);
	}

}
