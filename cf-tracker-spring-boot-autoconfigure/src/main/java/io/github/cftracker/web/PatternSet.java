package io.github.cftracker.web;

import java.util.Collection;
import java.util.List;

import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Spring path patterns, any of which may match. To take a path apart costs more than all
 * else that is done about a request, so how each pattern begins is looked at first.
 */
final class PatternSet {

	private final List<PathPattern> patterns;

	private final String[] beginnings;

	/**
	 * Create a set.
	 * @param patterns the patterns
	 * @throws org.springframework.web.util.pattern.PatternParseException if one is
	 * malformed
	 */
	PatternSet(Collection<String> patterns) {
		this.patterns = patterns.stream().map(PathPatternParser.defaultInstance::parse).toList();
		this.beginnings = patterns.stream().map(PatternSet::beginning).toArray(String[]::new);
	}

	/**
	 * What every path begins with that matches, without a slash at its end: {@code /a/**}
	 * matches {@code /a}.
	 */
	private static String beginning(String pattern) {
		int end = 0;
		while (end < pattern.length() && "*?{".indexOf(pattern.charAt(end)) == -1) {
			end++;
		}
		return pattern.substring(0, (end > 0 && pattern.charAt(end - 1) == '/') ? end - 1 : end);
	}

	boolean isEmpty() {
		return this.patterns.isEmpty();
	}

	/**
	 * Whether a path begins like those that match.
	 * @param path a path without encoded characters, parameters, and whatever else makes
	 * a pattern see other characters than these
	 * @param start where to begin
	 * @return whether it is worth taking apart
	 */
	boolean mayMatch(String path, int start) {
		for (String beginning : this.beginnings) {
			if (path.startsWith(beginning, start)) {
				return true;
			}
		}
		return false;
	}

	boolean match(PathContainer path) {
		for (PathPattern pattern : this.patterns) {
			if (pattern.matches(path)) {
				return true;
			}
		}
		return false;
	}

}
