package io.github.cftracker.web;

import java.util.stream.Stream;

import io.github.cftracker.InvalidRequestException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SpringPathPatternsTests {

	private final SpringPathPatterns patterns = new SpringPathPatterns();

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			/products/{id}             | /products/4
			/products/{id}             | /products/4?page=2
			/products/{id}             | /products/4?next=/a/b
			/products/{id}             | /products/4?
			/products/{id}             | /products/a%2Fb
			/products/{id}             | /products/4;v=1
			/products/*/reviews        | /products/4/reviews?x=*
			/products/4                | /products/4?page=2
			/caf\u00e9                  | /caf%C3%A9
			/caf\u00e9                  | /caf%c3%a9
			/a b                       | /a%20b
			/products                  | /%70roducts
			/products/{*rest}          | /products
			/products/{*rest}          | /products/4/reviews/1
			/products/**               | /products/4/reviews/1?x=1
			/products/**               | /products
			/**                        | /
			/{*rest}                   | /a/b/
			/{*rest}/a                 | /b/c/a?x=1
			/**/reviews                | /products/4/reviews
			/{id:[0-9]+}               | /42
			/*.html                    | /index.html
			/a?c                       | /abc
			""")
	void matchesWhateverTheQueryStringAndTheEncoding(String pattern, String path) {
		assertThat(this.patterns.parse(pattern).test(path)).isTrue();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			/products/{id}             | /products
			/products/{id}             | /products/
			/products/{id}             | /products/4/reviews
			/products/{id}             | /productss/4
			/products/4                | /products/42
			/products/4                | /products/4/
			/products/{id}             | /about?back=/products/4
			/products                  | /Products
			/{id:[0-9]+}               | /4a
			/products/{*rest}          | /productsale
			/products/**               | /productsale/1
			/a/b                       | /a%2Fb
			/a?c                       | /ac
			/{page}                    | /100%
			/{page}                    | /%zz
			/**                        | /a/%e
			/{page}                    | /%4?x=1
			""")
	void doesNotMatchWhatIsDifferentNorMalformed(String pattern, String path) {
		assertThat(this.patterns.parse(pattern).test(path)).isFalse();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			/products/{id}             | /products/*
			/products/{id}/reviews     | /products/*
			/products/{id}/reviews     | /products/4*
			/products/{id}/reviews     | /products/4/*
			/products/{id}/reviews     | /products/4/rev*
			/products/{*rest}          | /products/4/reviews/*
			/products/**               | /products/4/reviews/*
			/products/**               | /pro*
			/{*rest}/a                 | /b/c/*
			/**/reviews                | /products/4/*
			/{a}/{b}                   | /pro*
			/products/4                | /products/4?*
			/products/{id}             | /products/4?page=*
			/caf\u00e9/{id}             | /caf%C3%A9/*
			""")
	void aTrackedWildcardMatchesWhereItMayStandForAMatch(String pattern, String wildcard) {
		assertThat(this.patterns.parse(pattern).test(wildcard)).isTrue();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			/products/{id}             | /products/4/*
			/products/{id}             | /blog/*
			/products/**               | /blog/2026/*
			/products/4                | /products/42?*
			/products/{id}             | /products/4/reviews?*
			/products/4/reviews        | /products/5/*
			/{page}                    | /%zz/*
			""")
	void aTrackedWildcardDoesNotMatchWhereItCannotStandForAMatch(String pattern, String wildcard) {
		assertThat(this.patterns.parse(pattern).test(wildcard)).isFalse();
	}

	@Test
	void aPatternIsUsedForManyPaths() {
		assertThat(Stream.of("/a/1", "/b/1", "/a/2", "/a/%").filter(this.patterns.parse("/a/{n}")))
			.containsExactly("/a/1", "/a/2");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/a/{b", "/a/}", "/{a}/{a}", "/{id:[}", "/a/{*rest}b" })
	void rejectsMalformedPatternByField(String pattern) {
		assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> this.patterns.parse(pattern))
			.withMessageContaining("'" + pattern + "'")
			.satisfies((ex) -> assertThat(ex.field()).isEqualTo("matching"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "/{id", "/{id:[}", "/a{id:[}b", "/{a}{b:(}", "/{id:(a|b)}", "/x{id:(a|b)}y" })
	void refusesWhatIsMalformedOrWouldNeverMatch(String pattern) {
		assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> this.patterns.parse(pattern))
			.withMessageContaining("'" + pattern + "' is not a Spring path pattern")
			.satisfies((ex) -> assertThat(ex.field()).isEqualTo("matching"));
	}

	@Test
	void variablesMayHaveExpressionsWithoutGroups() {
		assertThat(this.patterns.parse("/{id:(?:a|b)}/x{n:[0-9]{2,3}}")).accepts("/a/x12", "/b/x123?c=d")
			.rejects("/c/x12");
		assertThat(this.patterns.parse("/{id:(?:a|b)}/*")).accepts("/b/*");
	}

}
