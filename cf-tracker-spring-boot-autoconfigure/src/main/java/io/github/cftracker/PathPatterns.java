package io.github.cftracker;

import java.util.function.Predicate;

/**
 * Parser of the patterns that select tracked paths. A bean of this type replaces the one
 * for Spring path patterns.
 */
@FunctionalInterface
public interface PathPatterns {

	/**
	 * Parser that refuses every pattern, for an application without Spring Web.
	 */
	PathPatterns UNKNOWN = (pattern) -> {
		throw new InvalidRequestException("matching",
				"'%s' cannot be parsed: add 'org.springframework:spring-web' to the class path".formatted(pattern));
	};

	/**
	 * Parse a pattern.
	 * @param pattern a Spring path pattern, such as <code>/products/{id}/reviews</code>
	 * @return predicate that tests a tracked path without its query string; true for a
	 * tracked wildcard that may replace a matching path
	 * @throws InvalidRequestException for the field {@code matching}, if the pattern is
	 * malformed
	 */
	Predicate<String> parse(String pattern);

}
