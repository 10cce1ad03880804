package io.github.cftracker.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A table of a report, as one reads it.
 *
 * @param header the names of its columns
 * @param rows the cells of each row
 */
public record ReportedTable(List<String> header, List<List<String>> rows) {

	private static final Pattern NUMBER = Pattern.compile("-?[0-9.]+");

	/**
	 * Return all tables of a report.
	 */
	public static List<ReportedTable> all(Report report) {
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

	/**
	 * Return the rows of all tables of a report.
	 */
	public static List<List<String>> rows(Report report) {
		return all(report).stream().flatMap((table) -> table.rows().stream()).toList();
	}

	/**
	 * Return the cells after the first one of a row, of all such rows one after the
	 * other.
	 * @param first the first cell
	 */
	public static List<String> cells(Report report, String first) {
		return rows(report).stream()
			.filter((row) -> row.get(0).equals(first))
			.flatMap((row) -> row.stream().skip(1))
			.toList();
	}

	private static List<String> cells(String line) {
		return Arrays.stream(line.substring(1).split("\\|")).map(String::strip).toList();
	}

	/**
	 * Return the numbers in a column.
	 */
	public List<Double> column(String name) {
		int index = this.header.indexOf(name);
		return this.rows.stream().map((row) -> number(row.get(index))).collect(Collectors.toCollection(ArrayList::new));
	}

	/**
	 * Return the number that a cell begins with, or zero.
	 */
	public static double number(String cell) {
		Matcher number = NUMBER.matcher(cell.replace(",", ""));
		return number.lookingAt() ? Double.parseDouble(number.group()) : 0;
	}

}
