package io.github.cftracker.chaos;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Nodes are killed and paused, Redis and CloudFront fail, viewers look on. What is
 * promised must hold when it is over, and pages must not notice.
 * <p>
 * {@code -Dchaos.seed=7} begins with another seed, {@code -Dchaos.seeds=20} goes through
 * so many, {@code -Dchaos.seconds=60} lasts longer. What the nodes say is kept below
 * {@code target/chaos}, and so is the table.
 */
@Tag("full")
class ChaosTests {

	private static final Path DIRECTORY = Path.of("target", "chaos").toAbsolutePath();

	@Test
	void promisesHold() throws Exception {
		long first = Long.getLong("chaos.seed", 1);
		Duration length = Duration.ofSeconds(Long.getLong("chaos.seconds", 15));
		List<String> failures = new ArrayList<>();
		StringBuilder table = new StringBuilder(Result.HEADER);
		for (long seed = first; seed < first + Long.getLong("chaos.seeds", 1); seed++) {
			say("Seed %d (-Dchaos.seed=%d -Dchaos.seconds=%d): %s", seed, seed, length.toSeconds(),
					Schedule.of(seed, length));
			Result result = ChaosRun.of(seed, length, directory(seed));
			table.append(result.row());
			say("%s", table);
			Files.writeString(DIRECTORY.resolve("table.md"), table);
			if (!result.failures().isEmpty()) {
				failures.add(result.failures()
					.stream()
					.collect(Collectors.joining("\n  ", "Seed %d:\n  ".formatted(seed), "")));
				say("%s", failures.get(failures.size() - 1));
			}
		}
		assertThat(failures).isEmpty();
	}

	private static Path directory(long seed) throws IOException {
		return Files.createDirectories(DIRECTORY.resolve("seed-" + seed));
	}

	private static void say(String format, Object... arguments) {
		System.out.println(format.formatted(arguments));
	}

}
