package io.github.cftracker.sample;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * In a process of its own, because it ends with the exit code of the run.
 */
@Tag("full")
class RunOnceTests {

	@Test
	void leavesWithoutHavingOpenedPorts(@TempDir Path directory) throws Exception {
		Path output = directory.resolve("output.txt");
		Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
				System.getProperty("java.class.path"), SampleApplication.class.getName(), "--cf.tracker.run-once=true")
			.redirectErrorStream(true)
			.redirectOutput(output.toFile())
			.start();
		try {
			assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
		}
		finally {
			process.destroyForcibly();
		}
		assertThat(output).content()
			.contains(" is EMPTY: 0 tracked paths")
			.contains("on port -1")
			.doesNotContain("The shop is open");
		assertThat(process.exitValue()).isZero();
	}

}
