package io.github.cftracker.web;

import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

import org.springframework.http.server.PathContainer;
import org.springframework.http.server.RequestPath;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * Which paths are tracked: those that match a pattern to include, or all where there is
 * none, but none that matches a pattern to exclude.
 */
public final class TrackedPaths {

	private final List<PathPattern> include;

	private final SingletonSupplier<List<PathPattern>> exclude;

	/**
	 * Create a matcher.
	 * @param include Spring path patterns, without the context path
	 * @param exclude Spring path patterns, without the context path; asked for at the
	 * first request
	 * @throws org.springframework.web.util.pattern.PatternParseException if a pattern to
	 * include is malformed
	 */
	public TrackedPaths(Collection<String> include, Supplier<? extends Collection<String>> exclude) {
		this.include = parse(include);
		this.exclude = SingletonSupplier.of(() -> parse(exclude.get()));
	}

	private static List<PathPattern> parse(Collection<String> patterns) {
		return patterns.stream().map(PathPatternParser.defaultInstance::parse).toList();
	}

	boolean contain(String requestUri, String contextPath) {
		PathContainer path = RequestPath.parse(requestUri, contextPath).pathWithinApplication();
		return (this.include.isEmpty() || matches(this.include, path)) && !matches(this.exclude.obtain(), path);
	}

	private static boolean matches(List<PathPattern> patterns, PathContainer path) {
		for (PathPattern pattern : patterns) {
			if (pattern.matches(path)) {
				return true;
			}
		}
		return false;
	}

}
