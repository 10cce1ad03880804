package io.github.cftracker.staleness;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Random distributions, applications, viewers and changes: after each run every stale
 * object at the edge is either invalidated, or named by a finding of the run.
 * <p>
 * {@code -Ddistributions.seed=7} begins with another seed, and
 * {@code -Ddistributions.seeds=1} ends after it.
 */
@Tag("full")
class RandomDistributionsTests {

	private static final Path TABLE = Path.of("target", "distributions", "table.md");

	/**
	 * Scenarios mostly wait.
	 */
	private static final int AT_ONCE = 4;

	@Test
	void noStaleObjectIsLeftWithoutFinding() throws Exception {
		long first = Long.getLong("distributions.seed", 1);
		long last = first + Long.getLong("distributions.seeds", 50) - 1;
		List<String> failures = new ArrayList<>();
		Result total = new Result();
		ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
		try {
			List<Future<Result>> results = LongStream.rangeClosed(first, last)
				.mapToObj((seed) -> threads.submit(() -> Scenario.of(seed)))
				.toList();
			for (long seed = first; seed <= last; seed++) {
				Result result = results.get((int) (seed - first)).get();
				total.add(result);
				say("Seed %d: %s", seed, result);
				if (result.failure != null) {
					failures.add("Seed %1$d, repeat with -Ddistributions.seed=%1$d -Ddistributions.seeds=1:%n  %2$s"
						.formatted(seed, result.failure));
					say("%s", failures.get(failures.size() - 1));
				}
			}
		}
		finally {
			threads.shutdownNow();
		}
		say("Seeds %d to %d: %s", first, last, total);
		Files.createDirectories(TABLE.getParent());
		Files.writeString(TABLE, total.table(first, last));
		assertThat(failures).isEmpty();
	}

	private static void say(String format, Object... arguments) {
		System.out.println(format.formatted(arguments));
	}

}
