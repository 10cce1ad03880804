package io.github.cftracker.benchmarks.load;

import java.time.Duration;

import io.github.cftracker.benchmarks.Report;
import io.github.cftracker.benchmarks.ReportedTable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class LoadComparisonTests {

	@ParameterizedTest
	@EnumSource
	void seesEachApplication(Page page) throws Exception {
		Report report = new Report("load");
		LoadComparison.measure(report, page, new Effort(1, Duration.ofMillis(200)), 1000);
		ReportedTable table = ReportedTable.all(report).get(0);
		assertThat(table.rows()).hasSize(7);
		for (String application : new String[] { "bare", "starter", "naive", "starter / bare", "naive / bare" }) {
			assertThat(table.column(application)).allSatisfy((value) -> assertThat(value).isPositive());
		}
	}

}
