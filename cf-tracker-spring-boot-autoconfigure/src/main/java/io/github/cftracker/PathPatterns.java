package io.github.cftracker;

import java.util.function.Predicate;

/**
 * Understands the patterns by which tracked paths are selected.
 */
@FunctionalInterface
public interface PathPatterns {

	/**
	 * Understands none, where Spring's are not on the class path.
	 */
	PathPatterns UNKNOWN = (pattern) -> {
		throw new InvalidRequestException("matching",
				"'%s' cannot be parsed: add 'org.springframework:spring-web' to the class path".formatted(pattern));
	};

	/**
	 * Parses a pattern.
	 * @param pattern a Spring path pattern, such as <code>/products/{id}/reviews</code>
	 * @return whether a tracked path is meant, whatever its query string; a tracked
	 * wildcard is if it may stand for a path that is
	 * @throws InvalidRequestException for the field {@code matching}, if it is malformed
	 */
	Predicate<String> parse(String pattern);

}
