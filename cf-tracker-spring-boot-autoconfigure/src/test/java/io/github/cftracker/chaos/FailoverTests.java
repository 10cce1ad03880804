package io.github.cftracker.chaos;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Redis masters are killed while pages are recorded, claimed and invalidated. Runs must
 * complete, and pages must not notice. What is lost, stale and billed twice is counted,
 * and must be nothing where replicas are waited for.
 * <p>
 * {@code -Dfailover.rounds=20} does it so often, {@code -Dfailover.topologies=cluster}
 * and {@code -Dfailover.phases=run} do less of it, {@code -Dfailover.wait-replicas=0,1}
 * goes through these settings, and {@code -Dfailover.lag=0,300} also cuts the replicas
 * off so many milliseconds before their master is killed, so that acknowledged writes are
 * rolled back. What the nodes say is kept below {@code target/failover}, and so is the
 * table.
 */
@Tag("full")
class FailoverTests {

	private static final Path DIRECTORY = Path.of("target", "failover").toAbsolutePath();

	@Test
	void promisesHold() throws Exception {
		List<String> failures = new ArrayList<>();
		StringBuilder table = new StringBuilder(FailoverResult.HEADER);
		for (FailoverSetup setup : FailoverSetup.all()) {
			List<String> found = run(setup, table);
			say("%s", table);
			Files.writeString(DIRECTORY.resolve("table.md"), table);
			if (!found.isEmpty()) {
				failures.add(found.stream().collect(Collectors.joining("\n  ", setup + ":\n  ", "")));
				say("%s", failures.get(failures.size() - 1));
			}
		}
		assertThat(failures).isEmpty();
	}

	private static List<String> run(FailoverSetup setup, StringBuilder table) throws Exception {
		Path directory = Files.createDirectories(DIRECTORY.resolve(setup.toString()));
		try {
			FailoverResult result = FailoverRun.of(setup, directory);
			result.rows().forEach(table::append);
			return result.failures();
		}
		catch (IllegalStateException ex) {
			// The other setups are worth a look all the same
			return List.of(String.valueOf(ex.getMessage()));
		}
	}

	private static void say(String format, Object... arguments) {
		System.out.println(format.formatted(arguments));
	}

}
