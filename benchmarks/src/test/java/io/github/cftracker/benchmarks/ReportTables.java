package io.github.cftracker.benchmarks;

import java.util.Arrays;
import java.util.List;

/**
 * Reads the tables of a report.
 */
public final class ReportTables {

	private ReportTables() {
	}

	/**
	 * All rows of all tables, without what is between them.
	 * @param report the report
	 * @return the cells of each row
	 */
	public static List<List<String>> rows(Report report) {
		return report.toString()
			.lines()
			.filter((line) -> line.startsWith("| ") && !line.startsWith("| ---"))
			.map((line) -> Arrays.stream(line.substring(2).split(" \\| | \\|", -1)).toList())
			.toList();
	}

	/**
	 * The cells behind the first one of a row.
	 * @param report the report
	 * @param first what stands in the first cell
	 * @return the others, of all such rows one after the other
	 */
	public static List<String> cells(Report report, String first) {
		return rows(report).stream()
			.filter((row) -> row.get(0).equals(first))
			.flatMap((row) -> row.subList(1, row.size() - 1).stream())
			.toList();
	}

	/**
	 * The number that a cell begins with.
	 * @param cell the cell
	 * @return the number
	 */
	public static double number(String cell) {
		String number = cell.replace(",", "").replaceFirst("[^0-9.].*", "");
		return number.isEmpty() ? 0 : Double.parseDouble(number);
	}

}
