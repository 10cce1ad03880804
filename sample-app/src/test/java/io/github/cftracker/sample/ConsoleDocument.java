package io.github.cftracker.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A Markdown file with indented blocks in which lines that begin with a dollar sign are
 * commands, and the lines behind one are what it prints.
 */
final class ConsoleDocument {

	private static final String INDENT = "    ";

	private static final String PROMPT = INDENT + "$ ";

	private static final int WIDTH = 150;

	private final Path path;

	private final List<String> lines;

	private ConsoleDocument(Path path, List<String> lines) {
		this.path = path;
		this.lines = new ArrayList<>(lines);
	}

	static ConsoleDocument read(Path path) throws IOException {
		return new ConsoleDocument(path, Files.readAllLines(path));
	}

	List<Step> steps() {
		List<Step> steps = new ArrayList<>();
		for (int i = 0; i < this.lines.size(); i++) {
			if (this.lines.get(i).startsWith(PROMPT)) {
				int end = i + 1;
				while (end < this.lines.size() && this.lines.get(end).startsWith(INDENT)
						&& !this.lines.get(end).startsWith(PROMPT)) {
					end++;
				}
				List<String> output = this.lines.subList(i + 1, end)
					.stream()
					.map((line) -> line.substring(INDENT.length()))
					.toList();
				steps
					.add(new Step(this.lines.get(i).substring(PROMPT.length()), String.join("\n", output), i + 1, end));
			}
		}
		return steps;
	}

	/**
	 * Puts in what the commands print, the last one first so that positions hold.
	 */
	void write(List<Step> steps, List<String> outputs) throws IOException {
		for (int i = steps.size() - 1; i >= 0; i--) {
			List<String> output = this.lines.subList(steps.get(i).from(), steps.get(i).to());
			output.clear();
			outputs.get(i)
				.lines()
				.forEach((line) -> wrap(line).forEach((part) -> output.add(INDENT + part.replace("\t", INDENT))));
		}
		Files.write(this.path, this.lines);
	}

	private static List<String> wrap(String line) {
		List<String> parts = new ArrayList<>();
		String rest = line;
		while (line.startsWith("{") && rest.length() > WIDTH) {
			int comma = rest.lastIndexOf(",\"", WIDTH);
			if (comma == -1) {
				break;
			}
			parts.add(rest.substring(0, comma + 1));
			rest = rest.substring(comma + 1);
		}
		parts.add(rest);
		return parts;
	}

	/**
	 * Output without what is another one each time, and without wrapping.
	 */
	static String comparable(String output) {
		return output.replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "<uuid>")
			.replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z", "<time>")
			.replaceAll("\"I[0-9A-Z]{13}\"", "\"<invalidation>\"")
			.replaceAll("(?m)^[ \t]+", "")
			.replaceAll("\n(?![A-Z][A-Za-z-]*: |<|\\d{3}$)", "");
	}

	/**
	 * A command and what it prints.
	 *
	 * @param command the command
	 * @param output its output, which may be wrapped
	 * @param from the position of the first line of the output
	 * @param to that of the line behind the last one
	 */
	record Step(String command, String output, int from, int to) {
	}

}
