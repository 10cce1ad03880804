package io.github.cftracker.distribution;

import java.util.Arrays;
import java.util.List;

import io.github.cftracker.testing.Distributions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class WildcardSafetyTests {

	private static final Distribution UNKNOWN = null;

	@ParameterizedTest
	@ValueSource(strings = { "", "/" })
	void rejectsWildcardOverEverything(String prefix) {
		assertThat(new WildcardSafety(List.of(), UNKNOWN).isSafe(prefix)).isFalse();
		assertThat(new WildcardSafety(List.of(), Distributions.of("*=app")).isSafe(prefix)).isFalse();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			# protected        | prefix     | safe
			/admin/            | /shop/     | true
			/admin/            | /admin/    | false
			/admin/            | /admin/a/  | false
			/admin/            | /admin     | false
			/admin/            | /ad        | false
			/admin/            | /Admin/    | true
			/admin             | /admins/   | false
			/a/b/              | /a/        | false
			/a/b/              | /a/c/      | true
			/a/b/ /c/          | /c/d/      | false
			/a/                | /a/b?x=    | false
			/a?secret=         | /a?s       | false
			/a?secret=         | /a?page=   | true
			""")
	void rejectsWildcardOverOrWithinProtectedPrefix(String protectedPrefixes, String prefix, boolean safe) {
		List<String> all = Arrays.asList(protectedPrefixes.split(" "));
		assertThat(new WildcardSafety(all, UNKNOWN).isSafe(prefix)).isEqualTo(safe);
		assertThat(new WildcardSafety(all, Distributions.of("*=app")).isSafe(prefix)).isEqualTo(safe);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			/api/*=api *=app            | /shop/    | true
			/api/*=api *=app            | /a        | false
			*.jpg=bucket *=app          | /shop/    | false
			/static/*=bucket *=app,api  | /s        | false
			""")
	void rejectsWildcardOverBehaviorOfOtherOrigin(String behaviors, String prefix, boolean safe) {
		assertThat(new WildcardSafety(List.of(), Distributions.of(behaviors)).isSafe(prefix)).isEqualTo(safe);
		assertThat(new WildcardSafety(List.of(), UNKNOWN).isSafe(prefix)).as("unknown distribution").isTrue();
	}

	/**
	 * Test with a behavior of the application that fails over to the bucket of another
	 * behavior.
	 */
	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			/static/*=bucket *=app,bucket      | /s
			/shop/*.jpg=bucket *=app,bucket    | /shop/
			""")
	void rejectsWildcardOverBehaviorOfFailoverBucket(String behaviors, String prefix) {
		assertThat(new WildcardSafety(List.of(), Distributions.of(behaviors)).isSafe(prefix)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/a.jpg?x=", "/?x=", "/?" })
	void allowsWildcardOverQueryStringsOfOnePage(String prefix) {
		assertThat(new WildcardSafety(List.of(), Distributions.of("/api/*=api *.jpg=bucket *=app")).isSafe(prefix))
			.isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "//", "/./", "/a/../", "/%2e/", "//checkout/", "/./checkout/x", "/x/../checkout/" })
	void checksNormalizedPrefix(String prefix) {
		assertThat(new WildcardSafety(List.of("/checkout/"), null).isSafe(prefix)).isFalse();
	}

}
