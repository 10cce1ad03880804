package io.github.cftracker.benchmarks.alternatives;

import java.time.Duration;

import io.github.cftracker.benchmarks.Report;
import io.github.cftracker.benchmarks.ReportedTable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Alternatives}.
 */
class AlternativesTests {

	@Test
	@Tag("full")
	void comparesWhatEachSendsAndLoses() throws Exception {
		Report report = new Report("alternatives");
		Alternatives.measure(report, Duration.ofMillis(500), 12_000, 2000);
		assertThat(ReportedTable.all(report).get(0).header()).containsExactly("what", "`/*`", "a key for each path",
				"one set", "tag registry", "starter");
		assertThat(ReportedTable.cells(report, "items")).containsExactly("1", "10,000", "10,000", "100", "100");
		assertThat(ReportedTable.cells(report, "pages evicted")).containsExactly("10,000", "10,000", "10,000", "100",
				"100");
		assertThat(ReportedTable.cells(report, "lost of 5,000 pages rendered during 5 invalidations").get(4))
			.isEqualTo("0");
	}

}
