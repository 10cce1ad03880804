package io.github.cftracker.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a benchmark has seen, as Markdown.
 */
public final class Report {

	private final StringBuilder text = new StringBuilder();

	private final String name;

	/**
	 * Create a report.
	 * @param name the benchmark's
	 */
	public Report(String name) {
		this.name = name;
		this.text.append("`./mvnw -q -pl benchmarks -am verify -DskipTests -Dbenchmark=%s`\n\n".formatted(name))
			.append(Machine.describe())
			.append('\n');
	}

	/**
	 * Adds a paragraph.
	 * @param paragraph what it says
	 */
	public void add(String paragraph) {
		this.text.append('\n').append(paragraph).append('\n');
	}

	/**
	 * Adds a table.
	 * @param header the names of its columns
	 * @param rows as many values each
	 */
	public void add(List<String> header, List<List<String>> rows) {
		this.text.append('\n').append(row(header)).append(row(header.stream().map((column) -> "---").toList()));
		rows.forEach((row) -> this.text.append(row(row)));
	}

	private static String row(List<String> values) {
		return values.stream().collect(Collectors.joining(" | ", "| ", " |\n"));
	}

	/**
	 * Writes the report to a file and to the console.
	 * @param directory where to put the file
	 * @throws IOException if it cannot be written
	 */
	void write(Path directory) throws IOException {
		Path file = Files.createDirectories(directory).resolve(this.name + ".md");
		Files.writeString(file, this.text);
		System.out.println(this.text);
		System.out.println(file.toAbsolutePath());
	}

	@Override
	public String toString() {
		return this.text.toString();
	}

}
