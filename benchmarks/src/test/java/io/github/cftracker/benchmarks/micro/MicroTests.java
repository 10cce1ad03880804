package io.github.cftracker.benchmarks.micro;

import io.github.cftracker.benchmarks.Report;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.runner.RunnerException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * That they run, not how fast.
 */
class MicroTests {

	private final Report report = new Report("test");

	@BeforeEach
	void hurry() {
		System.setProperty("micro.quick", "true");
	}

	@AfterEach
	void takeTime() {
		System.clearProperty("micro.quick");
	}

	@Test
	void measuresARequest() throws RunnerException {
		Micro.requestPath(this.report);
		for (String threads : new String[] { "1", "2" }) {
			assertThat(this.report.toString()).containsPattern("\\| filter \\| " + threads + " \\| [1-9]")
				.containsPattern("\\| floor \\| " + threads + " \\| [1-9].* \\| 1.00 \\(1.00 to 1.00\\) \\|")
				.containsPattern("\\| path \\| " + threads + " \\| [1-9]");
		}
	}

	@Test
	void measuresAPath() throws RunnerException {
		Micro.paths(this.report);
		assertThat(this.report.toString()).containsPattern("\\| flush \\| [1-9]")
			.containsPattern("\\| claimAndDrain \\| [1-9]")
			.containsPattern("\\| plan, maxPaths 0 \\| [1-9]")
			.containsPattern("\\| plan, maxPaths 1000 \\| [1-9]");
	}

}
