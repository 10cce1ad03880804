package io.github.cftracker;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class InvalidationPathTests {

	@ParameterizedTest
	@ValueSource(strings = { "/", "/a", "/a/", "/a/b.html", "/A", "//a", "/a/../b", "/*", "/a*", "/a/*", "/a*b", "/*/a",
			"/a?", "/a?x=1&y=2", "/a?y=2&x=1&x=1", "/a?x=1*", "/a?x=/b?c", "/a%20b", "/%C3%A9", "/%c3%a9", "/%2F",
			"/a;b=c,d", "/a:b@c!$&'()+-._=" })
	void acceptsPath(String path) {
		assertThat(InvalidationPath.problemOf(path)).isNull();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '!', ignoreLeadingAndTrailingWhitespace = false, quoteCharacter = '\0', textBlock = """
			a!must start with '/'
			a/b!must start with '/'
			*!must start with '/'
			?x=1!must start with '/'
			#tag!must start with '/'
			http://example.org/a!must start with '/'
			 /a!must start with '/'
			/a b!contains a ' ' at position 2 that must be percent-encoded
			/a !contains a ' ' at position 2 that must be percent-encoded
			/<!contains a '<' at position 1 that must be percent-encoded
			/>!contains a '>' at position 1 that must be percent-encoded
			/"!contains a '"' at position 1 that must be percent-encoded
			/a#b!contains a '#' at position 2 that must be percent-encoded
			/{id}!contains a '{' at position 1 that must be percent-encoded
			/}!contains a '}' at position 1 that must be percent-encoded
			/a|b!contains a '|' at position 2 that must be percent-encoded
			/a\\b!contains a '\\' at position 2 that must be percent-encoded
			/a^b!contains a '^' at position 2 that must be percent-encoded
			/[0!contains a '[' at position 1 that must be percent-encoded
			/0]!contains a ']' at position 2 that must be percent-encoded
			/`!contains a '`' at position 1 that must be percent-encoded
			/a?x={}!contains a '{' at position 5 that must be percent-encoded
			/é!contains a character at position 1 that must be percent-encoded
			/a/日本!contains a character at position 3 that must be percent-encoded
			/%!contains a '%' at position 1 that is not followed by two hexadecimal digits
			/a%2!contains a '%' at position 2 that is not followed by two hexadecimal digits
			/a%zz!contains a '%' at position 2 that is not followed by two hexadecimal digits
			/a%2g!contains a '%' at position 2 that is not followed by two hexadecimal digits
			/%u00e9!contains a '%' at position 1 that is not followed by two hexadecimal digits
			/100%?x!contains a '%' at position 4 that is not followed by two hexadecimal digits
			""")
	void refusesPath(String path, String problem) {
		assertThat(InvalidationPath.problemOf(path)).isEqualTo(problem);
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "/a\tb", "/a\n", "/a\r\n", "/a\u0000", "/a\u001f", "/a\u007f", "/a\u00a0", "/%\uff11\uff11" })
	void refusesControlAndForeignCharacters(String path) {
		assertThat(InvalidationPath.problemOf(path)).isNotNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/~", "/~user/a", "/a~", "/%7Euser", "/%7e", "/a?x=~", "/a?x=%7E" })
	void refusesTildeInEveryForm(String path) {
		assertThat(InvalidationPath.problemOf(path)).startsWith("contains a '~', which CloudFront does not support")
			.endsWith("use a wildcard that ends before it");
	}

	@Test
	void refusesEmptyPath() {
		assertThat(InvalidationPath.problemOf("")).isEqualTo("must start with '/'");
	}

	@Test
	void acceptsPathOf4000Characters() {
		assertThat(InvalidationPath.problemOf("/" + "a".repeat(3_999))).isNull();
		assertThat(InvalidationPath.problemOf("/" + "%41".repeat(1_333))).isNull();
	}

	@Test
	void refusesPathOf4001Characters() {
		assertThat(InvalidationPath.problemOf("/" + "a".repeat(4_000)))
			.isEqualTo("is longer than the 4,000 characters that CloudFront accepts");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "/a", "/*", "/a*", "/a/*", "/a?x=1*" })
	void acceptsSelectedPath(String path) {
		assertThat(InvalidationPath.problemOfSelected(path)).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/a*b", "/*/a", "/a/*/b", "/**", "/a**", "/*a*", "/a*?x=1" })
	void refusesSelectedPathWithAsteriskThatIsNoWildcard(String path) {
		assertThat(InvalidationPath.problemOf(path)).isNull();
		assertThat(InvalidationPath.problemOfSelected(path)).startsWith("contains a '*' before its last character");
	}

	@Test
	void refusesSelectedPathForTheSameReasonsFirst() {
		assertThat(InvalidationPath.problemOfSelected("a*b")).isEqualTo("must start with '/'");
	}

}
