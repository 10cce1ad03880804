package io.github.cftracker.benchmarks.load;

import java.time.Duration;
import java.util.List;

import io.github.cftracker.benchmarks.Report;
import io.github.cftracker.benchmarks.ReportedTable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RedisCostTests {

	@Test
	void seesWhatRedisDoesForEachApplication() throws Exception {
		Report report = new Report("redis-cost");
		RedisCost.measure(report, new Effort(1, Duration.ofMillis(400)));
		List<ReportedTable> tables = ReportedTable.all(report);
		assertThat(tables).hasSize(4);
		// In so short a time the starter may have had no commands to send
		assertPositive(tables.get(0).column("starter").subList(1, 2));
		for (ReportedTable table : tables.subList(1, 4)) {
			assertThat(table.rows()).hasSize(5);
			assertPositive(table.column("naive").subList(0, 4));
			List<Double> starter = table.column("starter");
			// In so short a time its processor time may be less than that without
			// requests
			assertThat(starter.remove(1)).isLessThan(table.column("naive").get(1));
			assertPositive(starter);
		}
	}

	private static void assertPositive(List<Double> values) {
		assertThat(values).isNotEmpty().allSatisfy((value) -> assertThat(value).isPositive());
	}

}
