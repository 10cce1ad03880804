package io.github.cftracker.web;

import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;

import io.github.cftracker.InvalidRequestException;
import io.github.cftracker.PathPatterns;
import io.github.cftracker.Selection;

import org.springframework.http.server.PathContainer;
import org.springframework.util.AntPathMatcher;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import org.springframework.web.util.pattern.PatternParseException;

/**
 * Spring's path patterns for tracked paths as CloudFront has them: with the context path
 * and any query string.
 */
public class SpringPathPatterns implements PathPatterns {

	private static final Pattern REST = Pattern.compile("\\{\\*[^}]*}");

	private final AntPathMatcher beginnings = new AntPathMatcher();

	@Override
	public Predicate<String> parse(String pattern) {
		try {
			PathPattern parsed = PathPatternParser.defaultInstance.parse(pattern);
			checkGroups(pattern);
			String ant = REST.matcher(pattern).replaceAll("**");
			return (path) -> matches(parsed, ant, path);
		}
		catch (PatternParseException | PatternSyntaxException ex) {
			throw new InvalidRequestException("matching",
					"'%s' is not a Spring path pattern: %s".formatted(pattern, ex.getMessage()));
		}
	}

	/**
	 * Reject capturing groups. Spring rejects a group in a variable's expression only
	 * when it matches, and the pattern would select nothing.
	 */
	private static void checkGroups(String pattern) {
		int depth = 0;
		int colon = -1;
		for (int i = 0; i < pattern.length(); i++) {
			char c = pattern.charAt(i);
			if (c == '{') {
				depth++;
			}
			else if (c == ':' && depth == 1 && colon == -1) {
				colon = i;
			}
			else if (c == '}' && --depth == 0 && colon != -1) {
				if (Pattern.compile(pattern.substring(colon + 1, i)).matcher("").groupCount() > 0) {
					throw new InvalidRequestException("matching",
							"'%s' is not a Spring path pattern: it must not contain capturing groups, use '(?:' instead of '('"
								.formatted(pattern));
				}
				colon = -1;
			}
		}
	}

	private boolean matches(PathPattern pattern, String ant, String tracked) {
		int question = tracked.indexOf('?');
		try {
			if (question == -1 && Selection.isWildcard(tracked)) {
				return this.beginnings.matchStart(ant, folder(tracked));
			}
			return pattern
				.matches(PathContainer.parsePath((question != -1) ? tracked.substring(0, question) : tracked));
		}
		catch (IllegalArgumentException ex) {
			// A percent sign that encodes nothing: no pattern can match it
			return false;
		}
	}

	/**
	 * Return the whole segments before the {@code *}, which anything may follow.
	 */
	private static String folder(String wildcard) {
		return PathContainer.parsePath(wildcard.substring(0, wildcard.lastIndexOf('/') + 1))
			.elements()
			.stream()
			.map((element) -> (element instanceof PathContainer.PathSegment segment) ? segment.valueToMatch()
					: element.value())
			.collect(Collectors.joining());
	}

}
