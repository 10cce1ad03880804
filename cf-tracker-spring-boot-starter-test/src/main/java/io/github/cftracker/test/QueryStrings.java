package io.github.cftracker.test;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which parameters of the query string are in the cache key. Names are compared as they
 * were written, escapes and case included.
 */
record QueryStrings(Mode mode, Set<String> names) {

	static final QueryStrings ALL = new QueryStrings(Mode.ALL, Set.of());

	static final QueryStrings NONE = new QueryStrings(Mode.NONE, Set.of());

	static QueryStrings named(Mode mode, String... names) {
		if (names.length == 0) {
			throw new IllegalArgumentException("The names of query strings are missing, use one or more");
		}
		return new QueryStrings(mode, Collections.unmodifiableSortedSet(new TreeSet<>(List.of(names))));
	}

	/**
	 * What is left of a query string, its question mark included, or empty.
	 */
	String filter(String query) {
		return switch (this.mode) {
			case ALL -> query;
			case NONE -> "";
			case WHITELIST, ALL_EXCEPT -> filterByName(query);
		};
	}

	private String filterByName(String query) {
		if (query.isEmpty()) {
			return query;
		}
		boolean wanted = this.mode == Mode.WHITELIST;
		String kept = Stream.of(query.substring(1).split("&", -1))
			.filter((parameter) -> this.names.contains(parameter.split("=", 2)[0]) == wanted)
			.collect(Collectors.joining("&"));
		return kept.isEmpty() ? "" : "?" + kept;
	}

	String namesXml(String element) {
		return ApiXml.list(element, this.names.stream().map((name) -> ApiXml.element("Name", name)));
	}

	enum Mode {

		NONE("none"), WHITELIST("whitelist"), ALL_EXCEPT("allExcept"), ALL("all");

		private final String awsName;

		Mode(String awsName) {
			this.awsName = awsName;
		}

		String awsName() {
			return this.awsName;
		}

	}

}
