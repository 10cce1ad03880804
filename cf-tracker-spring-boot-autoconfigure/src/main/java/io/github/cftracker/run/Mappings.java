package io.github.cftracker.run;

import java.util.Comparator;
import java.util.Set;

import io.github.cftracker.Selection;
import org.jspecify.annotations.Nullable;

/**
 * Known request mappings of this application.
 *
 * @param patterns all mappings without the context path, empty if some are unknown
 * @param contextPath the context path, empty if there is none
 * @param pathPrefix beginning of all paths of the application at CloudFront, empty if
 * there is none or it is unknown
 */
public record Mappings(Set<String> patterns, String contextPath, String pathPrefix) {

	/**
	 * Return the selection with routes as they are tracked, without the context path.
	 * @param selection the selection
	 * @return the same selection, unless a route begins with the context path
	 */
	Selection normalize(Selection selection) {
		if (this.contextPath.isEmpty() || selection.routes().isEmpty()) {
			return selection;
		}
		return new Selection(selection.paths(), selection.matching(),
				selection.routes().stream().map(this::normalize).toList(), selection.tags());
	}

	private String normalize(String route) {
		if (this.patterns.contains(route) || !startsWith(route, this.contextPath)) {
			return route;
		}
		return (route.length() == this.contextPath.length()) ? "/" : route.substring(this.contextPath.length());
	}

	/**
	 * Return whether the application certainly does not have a mapping.
	 */
	boolean lack(String route) {
		return !this.patterns.isEmpty() && !this.patterns.contains(route);
	}

	/**
	 * Return the mapping that is most similar to a route, regardless of the names of its
	 * variables.
	 * @return the mapping, {@code null} if no mapping is similar
	 */
	@Nullable String nearest(String route) {
		String given = withoutNames(route);
		return this.patterns.stream()
			.filter((pattern) -> distance(given, withoutNames(pattern)) * 2 <= given.length())
			.min(Comparator.comparingInt((String pattern) -> distance(given, withoutNames(pattern)))
				.thenComparing(Comparator.naturalOrder()))
			.orElse(null);
	}

	private static String withoutNames(String pattern) {
		StringBuilder text = new StringBuilder();
		int depth = 0;
		for (int i = 0; i < pattern.length(); i++) {
			char c = pattern.charAt(i);
			depth -= (c == '}') ? 1 : 0;
			if (depth <= 0) {
				text.append(c);
			}
			depth += (c == '{') ? 1 : 0;
		}
		return text.toString();
	}

	/**
	 * Return the Levenshtein distance.
	 */
	private static int distance(String first, String second) {
		int[] row = new int[second.length() + 1];
		for (int j = 0; j < row.length; j++) {
			row[j] = j;
		}
		for (int i = 1; i <= first.length(); i++) {
			int diagonal = row[0];
			row[0] = i;
			for (int j = 1; j < row.length; j++) {
				int replaced = diagonal + ((first.charAt(i - 1) != second.charAt(j - 1)) ? 1 : 0);
				diagonal = row[j];
				row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
			}
		}
		return row[second.length()];
	}

	/**
	 * Return whether a path or pattern is certainly outside of the application, judged by
	 * its beginning without wildcards and variables.
	 */
	boolean exclude(String path) {
		String beginning = path.split("[*?{]", 2)[0];
		if (beginning.length() < path.length() && this.pathPrefix.startsWith(beginning)) {
			return false;
		}
		return !startsWith(beginning, this.pathPrefix);
	}

	private static boolean startsWith(String path, String prefix) {
		return path.startsWith(prefix) && (path.length() == prefix.length() || path.charAt(prefix.length()) == '/');
	}

}
