package io.github.cftracker.test;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class QueryStringsTests {

	@ParameterizedTest
	@ValueSource(strings = { "", "?", "??", "?b&a&b=1&&" })
	void keepsAllAsAskedOrNone(String query) {
		assertThat(QueryStrings.ALL.filter(query)).isEqualTo(query);
		assertThat(QueryStrings.NONE.filter(query)).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', emptyValue = "", textBlock = """
			''                      | ''                 | ''
			?                       | ''                 | ''
			?page=1                 | ?page=1            | ''
			?sort=a&page=1          | ?sort=a&page=1     | ''
			?x=1&page=2&y&page=1    | ?page=2&page=1     | ?x=1&y
			?page&sort=&x=          | ?page&sort=        | ?x=
			?Page=1&p%61ge=2        | ''                 | ?Page=1&p%61ge=2
			?page=a=b?c&x=page      | ?page=a=b?c        | ?x=page
			?x&&y                   | ''                 | ?x&&y
			""")
	void keepsByName(String query, String whitelisted, String excepted) {
		assertThat(QueryStrings.named(QueryStrings.Mode.WHITELIST, "page", "sort").filter(query))
			.isEqualTo(whitelisted);
		assertThat(QueryStrings.named(QueryStrings.Mode.ALL_EXCEPT, "page", "sort").filter(query)).isEqualTo(excepted);
	}

	@Test
	void refusesListWithoutNames() {
		assertThatIllegalArgumentException().isThrownBy(() -> new BehaviorSettings().queryStrings());
	}

}
