package io.github.cftracker.test;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class InvalidationPathsTests {

	@ParameterizedTest
	@ValueSource(strings = { "/", "/a", "/a/", "/a/b.html", "//a", "/a/../b", "/*", "/a*", "/a/*", "/a*b", "/*a*",
			"/a?x=1&y=2", "/a?x=1*", "/a?", "/a%20b", "/%c3%A9", "/a;b=c,d", "/a:b@c!$'()+-._=", "#a", "#product:42",
			"##", "#~", "#a*", "#<x>{y}" })
	void acceptsPath(String path) {
		assertThat(InvalidationPaths.isValid(path)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "a", "*", "a/b", "http://example.org/a", "?x=1", " /a", "/a b", "/a ", "/<", "/>",
			"/\"", "/a#b", "/{id}", "/}", "/a|b", "/a\\b", "/a^b", "/a[0]", "/]", "/`", "/%", "/a%2", "/a%zz",
			"/%u00e9", "/~", "/~user/a", "/a~", "/%7Euser", "/%7e", "/a?x=~", "/é", "/日本", "/a\tb", "/a\n", "/a\u0000",
			"/a\u007f", "#", "#a,b", "#a b", "# a", "#a ", "# ", "#,", "#é", "#a\tb", "#a\n", "#a\u007f" })
	void refusesPath(String path) {
		assertThat(InvalidationPaths.isValid(path)).isFalse();
	}

	@Test
	void acceptsPathOf4000Characters() {
		assertThat(InvalidationPaths.isValid("/" + "a".repeat(3_999))).isTrue();
		assertThat(InvalidationPaths.isValid("/" + "%41".repeat(1_333))).isTrue();
	}

	@Test
	void refusesPathOf4001Characters() {
		assertThat(InvalidationPaths.isValid("/" + "a".repeat(4_000))).isFalse();
	}

	@Test
	void acceptsTagOf256Characters() {
		assertThat(InvalidationPaths.isValid("#" + "a".repeat(256))).isTrue();
	}

	@Test
	void refusesTagOf257Characters() {
		assertThat(InvalidationPaths.isValid("#" + "a".repeat(257))).isFalse();
	}

}
