package io.github.cftracker.benchmarks.soak;

import java.time.Duration;
import java.util.List;

import io.github.cftracker.benchmarks.Report;
import io.github.cftracker.benchmarks.ReportedTable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Soak}.
 */
class SoakTests {

	@Test
	void tellsHowTwoShortMinutesWent() throws Exception {
		Report report = new Report("soak");
		Soak.measure(report, 2, Duration.ofSeconds(1), 500);
		for (String what : List.of("heap alive, MB", "other memory of the JVM, MB", "threads", "open files",
				"Redis, MB", "Redis keys", "tracked", "requests", "p99, ms")) {
			assertThat(ReportedTable.cells(report, what)).as(what)
				.hasSize(3)
				.first()
				.satisfies((cell) -> assertThat(ReportedTable.number(cell)).isPositive());
		}
		assertThat(ReportedTable.cells(report, "runs failed")).startsWith("0", "0");
		assertThat(ReportedTable.cells(report, "requests failed")).startsWith("0", "0");
		assertThat(ReportedTable.rows(report).stream().map((row) -> row.get(0))).contains("1", "2");
	}

}
