package io.github.cftracker.distribution;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.StringJoiner;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

import org.jspecify.annotations.Nullable;

/**
 * Part of a query string in the cache key. Order, duplicates, empty values and spelling
 * are not changed, because they are part of the key too.
 *
 * @param mode the choice of parameters
 * @param names the names for {@link Mode#INCLUDE} and {@link Mode#EXCLUDE},
 * case-sensitive
 * @see <a href=
 * "https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/QueryStringParameters.html">Cache
 * content based on query string parameters</a>
 */
public record QueryStrings(Mode mode, Set<String> names) {

	/**
	 * Every parameter.
	 */
	public static final QueryStrings ALL = new QueryStrings(Mode.ALL, Set.of());

	/**
	 * No parameter.
	 */
	public static final QueryStrings NONE = new QueryStrings(Mode.NONE, Set.of());

	public QueryStrings {
		names = Set.copyOf(names);
	}

	/**
	 * Choice of the parameters in the cache key.
	 */
	public enum Mode {

		/**
		 * All parameters: the unchanged query string.
		 */
		ALL,

		/**
		 * No parameter: the path only.
		 */
		NONE,

		/**
		 * The named parameters.
		 */
		INCLUDE,

		/**
		 * All except for the named parameters.
		 */
		EXCLUDE

	}

	/**
	 * Return the query strings under which CloudFront may have cached a request. There is
	 * more than one only if the behavior of CloudFront is unknown: for percent-encoded
	 * names, and for an empty query string.
	 * @param query the raw query string
	 * @return the query strings; {@code null} represents a path without a query string
	 */
	public Set<@Nullable String> cached(String query) {
		Set<@Nullable String> cached = new LinkedHashSet<>();
		switch (this.mode) {
			case ALL -> cached.add(query);
			case NONE -> cached.add(null);
			case INCLUDE, EXCLUDE -> {
				cached.add(filtered(query, (name) -> name));
				if (query.indexOf('%') != -1 || query.indexOf('+') != -1) {
					cached.add(filtered(query, QueryStrings::decoded));
				}
			}
		}
		if (query.isEmpty()) {
			cached.add(null);
		}
		return cached;
	}

	private @Nullable String filtered(String query, UnaryOperator<String> spelling) {
		Predicate<String> kept = (name) -> this.names.contains(name) == (this.mode == Mode.INCLUDE);
		StringJoiner joined = new StringJoiner("&").setEmptyValue("");
		int start = 0;
		while (start <= query.length()) {
			int end = query.indexOf('&', start);
			end = (end != -1) ? end : query.length();
			String parameter = query.substring(start, end);
			int equals = parameter.indexOf('=');
			if (kept.test(spelling.apply((equals != -1) ? parameter.substring(0, equals) : parameter))) {
				joined.add(parameter);
			}
			start = end + 1;
		}
		String filtered = joined.toString();
		return (filtered.isEmpty() && !query.isEmpty()) ? null : filtered;
	}

	private static String decoded(String name) {
		try {
			return URLDecoder.decode(name, StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			return name;
		}
	}

	@Override
	public String toString() {
		return switch (this.mode) {
			case ALL -> "all";
			case NONE -> "none";
			case INCLUDE -> "only " + String.join(", ", sorted());
			case EXCLUDE -> "all except " + String.join(", ", sorted());
		};
	}

	private Iterable<String> sorted() {
		return this.names.stream().sorted().toList();
	}

}
