package io.github.cftracker.benchmarks.million;

import java.util.List;

import io.github.cftracker.benchmarks.Report;
import io.github.cftracker.benchmarks.ReportedTable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Million}.
 */
class MillionTests {

	@Test
	void tellsWhatTwoThousandPathsCost() throws Exception {
		Report report = new Report("million");
		Million.measure(report, 2000);
		for (String layout : List.of("one sorted set", "a key for each, with an expiry")) {
			assertPositive(ReportedTable.cells(report, layout), 2);
		}
		// Twice sent, and three times with its heap watched
		assertPositive(ReportedTable.cells(report, "2,000").subList(0, 14), 14);
		assertThat(ReportedTable.rows(report)).filteredOn((row) -> row.contains("completes")).hasSize(1);
		for (String step : List.of("count", "read all tracked paths", "list 100 of a category", "claim all",
				"read all claimed paths", "give all back", "list 50 runs of 1,000 batches")) {
			assertPositive(ReportedTable.cells(report, step), 2);
		}
		for (String meanwhile : List.of("nothing", "KEYS * on the original layout", "FLUSHDB on the original layout",
				"a run over 2,000 paths, 1,000 per batch", "a run over 2,000 paths, 3,000 per batch")) {
			assertPositive(ReportedTable.cells(report, meanwhile).subList(1, 3), 2);
		}
	}

	private static void assertPositive(List<String> cells, int count) {
		assertThat(cells).hasSizeGreaterThanOrEqualTo(count);
		assertThat(cells.subList(0, count)).allSatisfy((cell) -> assertThat(ReportedTable.number(cell)).isPositive());
	}

}
