package io.github.cftracker.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The tables of {@code docs/paths.md}.
 *
 * @param name the heading
 * @param properties the properties they hold for, as {@code name=value}
 * @param rows the lines
 */
record PathTable(String name, List<String> properties, List<Row> rows) {

	private static final Pattern CODE = Pattern.compile("`([^`]+)`");

	// A bar within a cell is escaped
	private static final Pattern CELL = Pattern.compile("(?<!\\\\)\\|");

	/**
	 * A request and what it is tracked as.
	 *
	 * @param method the method
	 * @param target the request target
	 * @param headers header lines
	 * @param tracked the paths that are sent
	 * @param rejected the paths that the run shows as rejected
	 */
	record Row(String method, String target, List<String> headers, List<String> tracked, List<String> rejected) {

		static Row of(String line) {
			String[] cells = CELL.split(line);
			List<String> request = code(cells[1]);
			String[] requestLine = request.get(0).split(" ");
			boolean rejected = cells[2].contains("rejected:");
			List<String> paths = code(cells[2].replace("rejected:", ""));
			if (paths.isEmpty() != cells[2].strip().equals("nothing")) {
				throw new IllegalArgumentException("Neither paths nor 'nothing': " + line);
			}
			return new Row(requestLine[0], requestLine[1], request.subList(1, request.size()),
					rejected ? List.of() : paths, rejected ? paths : List.of());
		}

		/**
		 * The target without what only an absolute one has.
		 */
		String path() {
			return this.target.startsWith("http") ? this.target.substring(this.target.indexOf('/', 8)) : this.target;
		}

		boolean isTracked() {
			return !this.tracked.isEmpty();
		}

		boolean isStored() {
			return isTracked() || !this.rejected.isEmpty();
		}

	}

	static List<PathTable> read(Path document) {
		try {
			List<PathTable> tables = new ArrayList<>();
			for (String section : Files.readString(document).split("(?m)^## ")) {
				List<String> lines = section.lines().toList();
				List<Row> rows = lines.stream().filter((line) -> line.startsWith("| `")).map(Row::of).toList();
				if (!rows.isEmpty()) {
					List<String> properties = lines.stream()
						.filter((line) -> line.startsWith("Properties: "))
						.flatMap((line) -> code(line).stream())
						.toList();
					tables.add(new PathTable(lines.get(0), properties, rows));
				}
			}
			return tables;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static List<String> code(String text) {
		Stream<MatchResult> matches = CODE.matcher(text).results();
		return matches.map((match) -> match.group(1).replace("\\|", "|")).toList();
	}

	boolean has(String property) {
		return this.properties.contains(property);
	}

	@Override
	public String toString() {
		return this.name;
	}

}
