package io.github.cftracker.benchmarks.alternatives;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import io.github.cftracker.benchmarks.measure.Pause;
import io.github.cftracker.test.LocalCloudFront;

/**
 * Responses while everything is invalidated once a second, with calls that take 200 ms.
 * Each page is rendered once, so a page that no invalidation names is lost.
 */
final class Race {

	private static final Duration ANSWER_AFTER = Duration.ofMillis(200);

	private static final Duration COMPLETES_AFTER = Duration.ofMillis(100);

	/**
	 * Numbers that no other phase uses.
	 */
	private static final int FIRST = 10_000_000;

	static final int PAGES = 5000;

	private static final long NANOS_BETWEEN = 1_000_000;

	private static final Duration BETWEEN_INVALIDATIONS = Duration.ofMillis(800);

	private static final Duration FLUSH = Duration.ofMillis(300);

	private Race() {
	}

	/**
	 * Return how many pages were lost.
	 */
	static long run(Alternative alternative, LocalCloudFront cloudFront) {
		cloudFront.completesAfter(COMPLETES_AFTER);
		cloudFront.answerAfter(ANSWER_AFTER);
		int before = cloudFront.invalidations().size();
		CompletableFuture<Void> responses = CompletableFuture.runAsync(() -> {
			long start = System.nanoTime();
			for (int i = 0; i < PAGES; i++) {
				Pause.until(start + i * NANOS_BETWEEN);
				alternative.record(FIRST + i);
			}
		});
		while (!responses.isDone()) {
			Pause.of(BETWEEN_INVALIDATIONS);
			alternative.invalidateAll();
		}
		responses.join();
		Pause.of(FLUSH);
		alternative.invalidateAll();
		cloudFront.answerAfter(Duration.ZERO);
		Set<String> sent = new HashSet<>();
		cloudFront.invalidations().stream().skip(before).forEach((invalidation) -> sent.addAll(invalidation.paths()));
		if (sent.contains("/*")) {
			return 0;
		}
		long lost = 0;
		for (int i = 0; i < PAGES; i++) {
			lost += sent.contains(Pages.path(FIRST + i)) ? 0 : 1;
		}
		return lost;
	}

}
