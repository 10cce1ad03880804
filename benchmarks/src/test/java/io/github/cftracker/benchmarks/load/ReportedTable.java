package io.github.cftracker.benchmarks.load;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

import io.github.cftracker.benchmarks.Report;

/**
 * A table of a report, as one reads it.
 */
record ReportedTable(List<String> header, List<List<String>> rows) {

	static List<ReportedTable> all(Report report) {
		List<ReportedTable> tables = new ArrayList<>();
		boolean inTable = false;
		for (String line : report.toString().lines().toList()) {
			boolean isRow = line.startsWith("|");
			if (isRow && !inTable) {
				tables.add(new ReportedTable(cells(line), new ArrayList<>()));
			}
			else if (isRow && !line.startsWith("| ---")) {
				tables.get(tables.size() - 1).rows().add(cells(line));
			}
			inTable = isRow;
		}
		return tables;
	}

	private static List<String> cells(String line) {
		return Arrays.stream(line.substring(1).split("\\|")).map(String::strip).toList();
	}

	List<Double> column(String name) {
		int index = this.header.indexOf(name);
		return this.rows.stream()
			.map((row) -> Double.valueOf(row.get(index).replace(",", "").replaceAll(" \\(.*", "")))
			.collect(Collectors.toCollection(ArrayList::new));
	}

}
