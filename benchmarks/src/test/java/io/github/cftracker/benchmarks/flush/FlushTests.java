package io.github.cftracker.benchmarks.flush;

import java.util.List;

import io.github.cftracker.benchmarks.Report;
import io.github.cftracker.benchmarks.ReportedTable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Flush}.
 */
class FlushTests {

	@Test
	void tellsHowFastNewAndRenewedPathsAreWritten() throws Exception {
		Report report = new Report("flush");
		Flush.measure(report, 2000, 2);
		List<List<String>> rows = ReportedTable.rows(report);
		assertThat(rows.stream().map((row) -> row.get(0))).contains("new", "renewed");
		assertThat(rows.stream().map((row) -> row.get(1))).contains("a flush");
		assertThat(rows).allSatisfy((row) -> assertThat(row.subList(2, 6))
			.allSatisfy((cell) -> assertThat(ReportedTable.number(cell)).isPositive()));
	}

	@Test
	void capturesPathsAsTheyAreTracked() {
		assertThat(SentCommand.withRandomNumbers(List.of("1", FlushedPaths.path(7, 123)))).containsExactly("1",
				"/shop/category-107/product-green-shirt-__rand_int__/reviews-and-sizes");
	}

}
