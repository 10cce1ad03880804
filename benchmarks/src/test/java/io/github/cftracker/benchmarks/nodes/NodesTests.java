package io.github.cftracker.benchmarks.nodes;

import java.time.Duration;

import io.github.cftracker.benchmarks.Report;
import io.github.cftracker.benchmarks.ReportedTable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Nodes}.
 */
class NodesTests {

	@Test
	void measuresTwoNodes() {
		Report report = new Report("nodes");
		Nodes.measure(report, 2, 500, Duration.ofSeconds(2));
		ReportedTable table = ReportedTable.all(report).get(0);
		assertThat(table.column("requests/s per node")).startsWith(0.0, 500.0);
		assertThat(table.column("paths written/s").get(1)).isPositive();
		assertThat(table.column("commands/s")).allSatisfy((value) -> assertThat(value).isPositive());
		assertThat(ReportedTable.cells(report, "evalsha")).isNotEmpty();
	}

}
