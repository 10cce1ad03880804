package io.github.cftracker.documentation;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Blanks out what is not prose. Line breaks stay, and so do the offsets.
 */
final class Prose {

	private static final Pattern FENCE = Pattern.compile(" {0,3}(```|~~~).*");

	private static final Pattern INLINE_CODE = Pattern.compile("`[^`\\n]+`");

	private static final Pattern LINK_TARGET = Pattern.compile("(?<=\\])\\([^)\\n]*\\)|https?://[^\\s)>]+");

	private static final Pattern MARKUP = Pattern.compile("<!--.*?-->|<(script|style)\\b.*?</\\1>|<[^>]*>",
			Pattern.DOTALL);

	private static final Pattern SCRIPT_TOKEN = Pattern.compile(
			"//[^\\n]*|/\\*.*?\\*/"
					+ "|(?<string>'(?:\\\\.|[^'\\\\\\n])*'|\"(?:\\\\.|[^\"\\\\\\n])*\"|`(?:\\\\.|[^`\\\\])*`)",
			Pattern.DOTALL);

	private Prose() {
	}

	/**
	 * Return the prose of a Markdown document, without code and the targets of links.
	 */
	static String ofMarkdown(String document) {
		List<String> lines = new ArrayList<>();
		boolean fenced = false;
		boolean code = true;
		for (String line : document.split("\n", -1)) {
			boolean fence = FENCE.matcher(line).matches();
			boolean indented = line.startsWith("    ") || line.startsWith("\t");
			code = line.isBlank() || (code && indented);
			lines.add((fence || fenced || (code && indented)) ? " ".repeat(line.length()) : line);
			fenced ^= fence;
		}
		return blank(LINK_TARGET, blank(INLINE_CODE, String.join("\n", lines)));
	}

	/**
	 * Return the text of an HTML page, without tags and scripts.
	 */
	static String ofHtml(String page) {
		return blank(MARKUP, page);
	}

	/**
	 * Return the string literals of a script, except those of a single word, which are
	 * identifiers.
	 */
	static String ofScript(String script) {
		StringBuilder prose = new StringBuilder(blank(Pattern.compile("."), script));
		Matcher matcher = SCRIPT_TOKEN.matcher(script);
		while (matcher.find()) {
			String string = matcher.group("string");
			if (string != null && string.chars().anyMatch(Character::isWhitespace)) {
				prose.replace(matcher.start() + 1, matcher.end() - 1, string.substring(1, string.length() - 1));
			}
		}
		return prose.toString();
	}

	// A dot in place of each character, so that the words around do not form a phrase
	private static String blank(Pattern pattern, String text) {
		return pattern.matcher(text).replaceAll((match) -> match.group().replaceAll("[^\\n]", "·"));
	}

}
