package io.github.cftracker.documentation;

import java.nio.file.Path;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Text that is checked as a whole: a page, a literal or a description.
 *
 * @param kind the kind of text that findings are counted by
 * @param file the file it is in
 * @param original the text as it is written
 * @param text the part of it that is checked; the rest is blanked out
 * @param lines line numbers by the offset from which they hold; line breaks in the text
 * count from there
 */
record Passage(String kind, Path file, String original, String text, NavigableMap<Integer, Integer> lines) {

	private static final int CONTEXT = 40;

	static Passage of(String kind, Path file, String original, String text) {
		return new Passage(kind, file, original, text, new TreeMap<>(Map.of(0, 1)));
	}

	int line(int offset) {
		Map.Entry<Integer, Integer> part = this.lines.floorEntry(offset);
		return part.getValue()
				+ (int) this.text.substring(part.getKey(), offset).chars().filter((c) -> c == '\n').count();
	}

	String excerpt(int start, int end) {
		int from = Math.max(0, start - CONTEXT);
		int to = Math.min(this.text.length(), end + CONTEXT);
		return this.original.substring(from, to).replaceAll("\\s+", " ").strip();
	}

}
