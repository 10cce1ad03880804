package io.github.cftracker.benchmarks.load;

import java.time.Duration;

import io.github.cftracker.benchmarks.Report;
import io.github.cftracker.benchmarks.ReportedTable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class StartUpTests {

	@Test
	void seesEachApplication() throws Exception {
		Report report = new Report("start-up");
		StartUp.measure(report, new Effort(1, Duration.ZERO));
		ReportedTable table = ReportedTable.all(report).get(0);
		assertThat(table.rows()).hasSizeBetween(3, 4);
		for (String application : new String[] { "bare", "libraries", "off", "memory", "starter", "naive", "off / bare",
				"starter / bare" }) {
			assertThat(table.column(application)).allSatisfy((value) -> assertThat(value).isPositive());
		}
	}

}
