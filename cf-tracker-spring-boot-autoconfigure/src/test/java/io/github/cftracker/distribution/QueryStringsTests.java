package io.github.cftracker.distribution;

import java.util.Set;
import java.util.stream.Collectors;

import io.github.cftracker.distribution.QueryStrings.Mode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class QueryStringsTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			# asked for       | cached under
			?a=1&b=2          | ?a=1&b=2
			?b=2&a=1          | ?b=2&a=1
			?a=1&a=1&a=2      | ?a=1&a=1&a=2
			?&&a=&b&          | ?&&a=&b&
			?%61=%c3%A9&a=+   | ?%61=%c3%A9&a=+
			?                 | ? or none
			""")
	void keyContainsWholeQueryString(String query, String cached) {
		assertThat(describe(QueryStrings.ALL, query)).isEqualTo(cached);
	}

	@ParameterizedTest
	@CsvSource({ "?a=1", "?&&", "?%61", "?" })
	void keyContainsNoQueryString(String query) {
		assertThat(describe(QueryStrings.NONE, query)).isEqualTo("none");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			# asked for            | cached under
			?page=2                | ?page=2
			?sort=x&page=2         | ?sort=x&page=2
			?page=2&sort=x         | ?page=2&sort=x
			?utm=1&page=2&x&sort=  | ?page=2&sort=
			?page=3&page=2&page=3  | ?page=3&page=2&page=3
			?page                  | ?page
			?page=a=b              | ?page=a=b
			?=page                 | none
			?x=page                | none
			?utm=1                 | none
			?Page=2                | none
			?pages=2               | none
			?&&                    | none
			?page=1&&sort=2&       | ?page=1&sort=2
			?                      | ? or none
			# it is not known whether names are compared decoded
			?%70age=2              | none or ?%70age=2
			?sort=x&%70age=2       | ?sort=x or ?sort=x&%70age=2
			?p%61ge=1&%73ort=2     | none or ?p%61ge=1&%73ort=2
			?page=%41              | ?page=%41
			?page=a+b              | ?page=a+b
			?%zz=1&page=2          | ?page=2
			?%zz=1                 | none
			""")
	void keyContainsNamedParameters(String query, String cached) {
		assertThat(describe(new QueryStrings(Mode.INCLUDE, Set.of("page", "sort")), query)).isEqualTo(cached);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			# asked for            | cached under
			?page=2                | ?page=2
			?utm=1&page=2&gclid=3  | ?page=2
			?b=1&utm&a=2&a=1       | ?b=1&a=2&a=1
			?utm=1                 | none
			?utm=1&gclid           | none
			?UTM=1                 | ?UTM=1
			?=utm                  | ?=utm
			?a=1&&b=2              | ?a=1&&b=2
			?&&                    | ?&&
			?                      | ? or none
			?%75tm=1&a=2           | ?%75tm=1&a=2 or ?a=2
			?%75tm=1               | ?%75tm=1 or none
			?a=%75tm               | ?a=%75tm
			?%zz=1                 | ?%zz=1
			""")
	void keyContainsUnnamedParameters(String query, String cached) {
		assertThat(describe(new QueryStrings(Mode.EXCLUDE, Set.of("utm", "gclid")), query)).isEqualTo(cached);
	}

	@Test
	void acceptsPlusSignInNameAsSpace() {
		assertThat(describe(new QueryStrings(Mode.INCLUDE, Set.of("a b")), "?a+b=1")).isEqualTo("none or ?a+b=1");
	}

	@Test
	void acceptsEncodedNames() {
		assertThat(describe(new QueryStrings(Mode.INCLUDE, Set.of("%70age")), "?%70age=2"))
			.isEqualTo("?%70age=2 or none");
	}

	@Test
	void describesNamesInSameOrder() {
		assertThat(QueryStrings.ALL).hasToString("all");
		assertThat(QueryStrings.NONE).hasToString("none");
		assertThat(new QueryStrings(Mode.INCLUDE, Set.of("c", "a", "b"))).hasToString("only a, b, c");
		assertThat(new QueryStrings(Mode.EXCLUDE, Set.of("c", "a", "b"))).hasToString("all except a, b, c");
	}

	private static String describe(QueryStrings queryStrings, String query) {
		return queryStrings.cached(query.substring(1))
			.stream()
			.map((cached) -> (cached != null) ? "?" + cached : "none")
			.collect(Collectors.joining(" or "));
	}

}
