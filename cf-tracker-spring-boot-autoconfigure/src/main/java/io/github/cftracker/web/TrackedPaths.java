package io.github.cftracker.web;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.server.PathContainer;
import org.springframework.util.StringUtils;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * The paths that are tracked: those that match a pattern to include, or all if there is
 * no such pattern, except those that match a pattern to exclude.
 */
public final class TrackedPaths {

	private static final Pattern DOT = Pattern.compile("%2e", Pattern.CASE_INSENSITIVE);

	private final Patterns include;

	private final Collection<String> excluded;

	private final ObjectProvider<ManagementPaths> management;

	private volatile @Nullable Patterns exclude;

	/**
	 * Create a matcher.
	 * @param include Spring path patterns, without the context path
	 * @param exclude Spring path patterns, without the context path
	 * @param management further paths to exclude, known at the first request
	 * @throws org.springframework.web.util.pattern.PatternParseException if a pattern to
	 * include is malformed
	 */
	public TrackedPaths(Collection<String> include, Collection<String> exclude,
			ObjectProvider<ManagementPaths> management) {
		this.include = Patterns.of(include);
		this.excluded = exclude;
		this.management = management;
	}

	boolean contain(String requestUri, String contextPath) {
		int start = contextPath.length();
		if (this.include.isEmpty() && isSpelledPlainly(requestUri) && requestUri.startsWith("/", start)
				&& requestUri.startsWith(contextPath) && !exclude().mayMatch(requestUri, start)) {
			return true;
		}
		return matches(requestUri, contextPath);
	}

	/**
	 * Return whether a pattern sees the same characters.
	 */
	private static boolean isSpelledPlainly(String requestUri) {
		return requestUri.indexOf('%') == -1 && requestUri.indexOf(';') == -1 && !requestUri.contains("//")
				&& !requestUri.contains("/.");
	}

	private Patterns exclude() {
		Patterns exclude = this.exclude;
		if (exclude == null) {
			Set<String> patterns = new LinkedHashSet<>(this.excluded);
			this.management.ifAvailable((paths) -> patterns.addAll(paths.patterns()));
			exclude = Patterns.of(patterns);
			this.exclude = exclude;
		}
		return exclude;
	}

	private boolean matches(String requestUri, String contextPath) {
		PathContainer path;
		try {
			path = withinContext(PathContainer.parsePath(normalized(requestUri)), contextPath);
		}
		catch (IllegalArgumentException ex) {
			// A percent sign that encodes nothing: no pattern can match it
			return this.include.isEmpty();
		}
		return (this.include.isEmpty() || this.include.match(path)) && !exclude().match(path);
	}

	/**
	 * Return the path as containers serve it: {@code //a} and {@code /b/../a} are
	 * {@code /a}, which a pattern does not know.
	 */
	private static String normalized(String requestUri) {
		boolean plain = !requestUri.contains("//") && !requestUri.contains("/.") && !requestUri.contains("/%2");
		return plain ? requestUri
				: StringUtils.cleanPath(DOT.matcher(requestUri).replaceAll(".").replaceAll("/+", "/"));
	}

	/**
	 * Omit as many segments as the context path has, however the request spells them.
	 */
	private static PathContainer withinContext(PathContainer path, String contextPath) {
		int elements = PathContainer.parsePath(contextPath).elements().size();
		return (elements <= path.elements().size()) ? path.subPath(elements) : path;
	}

	/**
	 * Patterns of which one has to match. Parsing a path costs more than everything else
	 * that is done for a request, so the literal beginnings of the patterns are compared
	 * first.
	 *
	 * @param patterns the patterns
	 * @param beginnings what each matching path begins with, without a slash at its end:
	 * {@code /a/**} matches {@code /a}
	 */
	private record Patterns(List<PathPattern> patterns, List<String> beginnings) {

		static Patterns of(Collection<String> patterns) {
			return new Patterns(patterns.stream().map(PathPatternParser.defaultInstance::parse).toList(),
					patterns.stream().map(Patterns::beginning).toList());
		}

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
		 * Return whether a path begins like those that match.
		 * @param path a path of which the patterns see the same characters
		 * @param start where to begin
		 */
		boolean mayMatch(String path, int start) {
			// An iterator of an immutable list takes 32 bytes of each request
			for (int i = 0; i < this.beginnings.size(); i++) {
				if (path.startsWith(this.beginnings.get(i), start)) {
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

}
