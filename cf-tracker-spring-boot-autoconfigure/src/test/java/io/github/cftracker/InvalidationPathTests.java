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
			a!must begin with '/'
			a/b!must begin with '/'
			*!must begin with '/'
			?x=1!must begin with '/'
			#tag!must begin with '/'
			http://example.org/a!must begin with '/'
			 /a!must begin with '/'
			/a b!has a ' ' that must be percent-encoded at position 2
			/a !has a ' ' that must be percent-encoded at position 2
			/<!has a '<' that must be percent-encoded at position 1
			/>!has a '>' that must be percent-encoded at position 1
			/"!has a '"' that must be percent-encoded at position 1
			/a#b!has a '#' that must be percent-encoded at position 2
			/{id}!has a '{' that must be percent-encoded at position 1
			/}!has a '}' that must be percent-encoded at position 1
			/a|b!has a '|' that must be percent-encoded at position 2
			/a\\b!has a '\\' that must be percent-encoded at position 2
			/a^b!has a '^' that must be percent-encoded at position 2
			/[0!has a '[' that must be percent-encoded at position 1
			/0]!has a ']' that must be percent-encoded at position 2
			/`!has a '`' that must be percent-encoded at position 1
			/a?x={}!has a '{' that must be percent-encoded at position 5
			/é!has a character that must be percent-encoded at position 1
			/a/日本!has a character that must be percent-encoded at position 3
			/%!has a '%' that two hexadecimal digits must follow at position 1
			/a%2!has a '%' that two hexadecimal digits must follow at position 2
			/a%zz!has a '%' that two hexadecimal digits must follow at position 2
			/a%2g!has a '%' that two hexadecimal digits must follow at position 2
			/%u00e9!has a '%' that two hexadecimal digits must follow at position 1
			/100%?x!has a '%' that two hexadecimal digits must follow at position 4
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
		assertThat(InvalidationPath.problemOf(path)).startsWith("has a '~', which CloudFront does not support")
			.endsWith("use a wildcard that ends before it");
	}

	@Test
	void refusesEmptyPath() {
		assertThat(InvalidationPath.problemOf("")).isEqualTo("must begin with '/'");
	}

	@Test
	void acceptsPathOf4000Characters() {
		assertThat(InvalidationPath.problemOf("/" + "a".repeat(3_999))).isNull();
		assertThat(InvalidationPath.problemOf("/" + "%41".repeat(1_333))).isNull();
	}

	@Test
	void refusesPathOf4001Characters() {
		assertThat(InvalidationPath.problemOf("/" + "a".repeat(4_000)))
			.isEqualTo("is longer than the 4,000 characters CloudFront accepts");
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
		assertThat(InvalidationPath.problemOfSelected(path)).startsWith("has a '*' that is not its last character");
	}

	@Test
	void refusesSelectedPathForTheSameReasonsFirst() {
		assertThat(InvalidationPath.problemOfSelected("a*b")).isEqualTo("must begin with '/'");
	}

}
