package io.github.cftracker.web;

import java.util.Collection;
import java.util.function.Supplier;
import java.util.regex.Pattern;

import org.springframework.http.server.PathContainer;
import org.springframework.util.StringUtils;
import org.springframework.util.function.SingletonSupplier;

/**
 * Which paths are tracked: those that match a pattern to include, or all where there is
 * none, but none that matches a pattern to exclude.
 */
public final class TrackedPaths {

	private static final Pattern DOT = Pattern.compile("%2e", Pattern.CASE_INSENSITIVE);

	private final PatternSet include;

	private final SingletonSupplier<PatternSet> exclude;

	/**
	 * Create a matcher.
	 * @param include Spring path patterns, without the context path
	 * @param exclude Spring path patterns, without the context path; asked for at the
	 * first request
	 * @throws org.springframework.web.util.pattern.PatternParseException if a pattern to
	 * include is malformed
	 */
	public TrackedPaths(Collection<String> include, Supplier<? extends Collection<String>> exclude) {
		this.include = new PatternSet(include);
		this.exclude = SingletonSupplier.of(() -> new PatternSet(exclude.get()));
	}

	boolean contain(String requestUri, String contextPath) {
		int start = contextPath.length();
		if (this.include.isEmpty() && isSpelledPlainly(requestUri) && requestUri.startsWith("/", start)
				&& requestUri.startsWith(contextPath) && !this.exclude.obtain().mayMatch(requestUri, start)) {
			return true;
		}
		return matches(requestUri, contextPath);
	}

	/**
	 * Whether a pattern sees the same characters.
	 */
	private static boolean isSpelledPlainly(String requestUri) {
		return requestUri.indexOf('%') == -1 && requestUri.indexOf(';') == -1 && !requestUri.contains("//")
				&& !requestUri.contains("/.");
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
		return (this.include.isEmpty() || this.include.match(path)) && !this.exclude.obtain().match(path);
	}

	/**
	 * Containers serve {@code //a} and {@code /b/../a} as {@code /a}, and not as what the
	 * pattern would see.
	 */
	private static String normalized(String requestUri) {
		boolean plain = !requestUri.contains("//") && !requestUri.contains("/.") && !requestUri.contains("/%2");
		return plain ? requestUri
				: StringUtils.cleanPath(DOT.matcher(requestUri).replaceAll(".").replaceAll("/+", "/"));
	}

	/**
	 * Leaves out as many segments as the context path has, however the request spells
	 * them.
	 */
	private static PathContainer withinContext(PathContainer path, String contextPath) {
		int elements = PathContainer.parsePath(contextPath).elements().size();
		return (elements <= path.elements().size()) ? path.subPath(elements) : path;
	}

}
