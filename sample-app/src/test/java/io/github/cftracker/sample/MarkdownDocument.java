package io.github.cftracker.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Markdown file, as far as the documentation uses Markdown: fenced and indented code,
 * tables, headings that begin with {@code #}, and links.
 */
final class MarkdownDocument {

	private static final Pattern LINK = Pattern.compile("\\]\\(([^()\\s]+)\\)");

	private static final Pattern DEFINITION = Pattern.compile("^\\[[^\\]]+\\]:\\s*(\\S+)");

	private static final Pattern HEADING = Pattern.compile("^#{1,6} +(.*?)( +#+)?$");

	private static final Pattern TARGET = Pattern.compile("\\]\\([^)]*\\)");

	private static final Pattern CODE = Pattern.compile("`[^`]*`");

	private final Path path;

	private final List<String> lines;

	private final List<String> texts = new ArrayList<>();

	private MarkdownDocument(Path path, List<String> lines) {
		this.path = path;
		this.lines = lines;
		boolean fenced = false;
		boolean indented = false;
		boolean blank = true;
		for (String line : lines) {
			boolean fence = line.startsWith("```");
			fenced = fence != fenced;
			indented = line.startsWith("    ") && (indented || blank);
			blank = line.isBlank();
			if (!fence && !fenced && !indented) {
				this.texts.add(line);
			}
		}
	}

	static MarkdownDocument read(Path path) throws IOException {
		return new MarkdownDocument(path, Files.readAllLines(path));
	}

	static MarkdownDocument of(Path path, String text) {
		return new MarkdownDocument(path, text.lines().toList());
	}

	/**
	 * Return all lines, including those of code.
	 */
	List<String> lines() {
		return this.lines;
	}

	/**
	 * Return the lines outside of code and tables.
	 */
	List<String> prose() {
		return this.texts.stream().filter((line) -> !isRow(line)).toList();
	}

	/**
	 * Return the number of words outside of code, those of table cells included.
	 */
	long words() {
		return this.texts.stream().mapToLong(MarkdownDocument::words).sum();
	}

	/**
	 * Return the cells of all tables.
	 */
	List<String> cells() {
		return this.texts.stream()
			.filter(MarkdownDocument::isRow)
			.flatMap((row) -> Arrays.stream(row.strip().split("\\|")))
			.map(String::strip)
			.filter((cell) -> words(cell) > 0)
			.toList();
	}

	/**
	 * Return the anchors of the headings, by GitHub's rules.
	 */
	List<String> anchors() {
		Map<String, Integer> seen = new HashMap<>();
		return this.texts.stream().flatMap((line) -> HEADING.matcher(line).results()).map((heading) -> {
			String slug = slug(heading.group(1));
			int before = seen.merge(slug, 1, Integer::sum) - 1;
			return (before == 0) ? slug : slug + "-" + before;
		}).toList();
	}

	/**
	 * Return the relative links that lead to a missing file or heading.
	 */
	List<String> brokenLinks() throws IOException {
		List<String> broken = new ArrayList<>();
		for (String link : links().toList()) {
			String[] parts = link.split("#", 2);
			Path target = parts[0].isEmpty() ? this.path : this.path.resolveSibling(parts[0]);
			if (!Files.exists(target) || (parts.length > 1 && !anchorsOf(target).contains(parts[1]))) {
				broken.add(link);
			}
		}
		return broken;
	}

	private List<String> anchorsOf(Path target) throws IOException {
		return target.equals(this.path) ? anchors() : read(target).anchors();
	}

	private Stream<String> links() {
		return this.texts.stream()
			.map((line) -> CODE.matcher(line).replaceAll("code"))
			.flatMap((line) -> Stream.of(LINK, DEFINITION).flatMap((pattern) -> pattern.matcher(line).results()))
			.map((MatchResult link) -> link.group(1))
			.filter((link) -> !link.matches("[a-z]+:.*"));
	}

	static long words(String text) {
		return Arrays.stream(TARGET.matcher(text).replaceAll("]").split("\\s+"))
			.filter((word) -> word.chars().anyMatch(Character::isLetterOrDigit))
			.count();
	}

	private static boolean isRow(String line) {
		return line.startsWith("|");
	}

	private static String slug(String heading) {
		return TARGET.matcher(heading)
			.replaceAll("]")
			.toLowerCase(Locale.ROOT)
			.replaceAll("[^\\p{L}\\p{M}\\p{N}_ -]", "")
			.replace(' ', '-');
	}

}
