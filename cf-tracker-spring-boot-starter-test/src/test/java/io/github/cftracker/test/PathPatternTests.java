package io.github.cftracker.test;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class PathPatternTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			/a          | /a
			a           | /a
			/a/*        | /a/
			/a/*        | /a/b/c.html
			a/*         | /a/b
			*           | /
			*.jpg       | /a/b.jpg
			/*/b/*.jpg  | /a/x/b/c/d.jpg
			/a?c        | /abc
			/a?c        | /a/c
			/a*?        | /ab
			/a.(b)[c]\\E| /a.(b)[c]\\E
			""")
	void matches(String pattern, String path) {
		assertThat(new PathPattern(pattern).matches(path)).isTrue();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			/a     | /A
			/a     | /a/
			/a     | /b/a
			a      | /b/a
			/a/*   | /a
			*.jpg  | /a.jpg/
			/a?c   | /ac
			/a?c   | /abbc
			/a.c   | /abc
			/a*?   | /a
			*      | *
			""")
	void doesNotMatch(String pattern, String path) {
		assertThat(new PathPattern(pattern).matches(path)).isFalse();
	}

	@ParameterizedTest
	@CsvSource({ "/, /", "/a/b, /a/b", "//, /", "//a///b//, /a/b/", "/a/./b, /a/b", "/a/., /a/", "/a/../b, /b",
			"/a/b/.., /a/", "/.., /", "/../../a, /a", "/a//../b, /b", "/a/.b/..c/d., /a/.b/..c/d.",
			"/%2e%2e/a, /%2e%2e/a", "*, *" })
	void normalises(String path, String normalised) {
		assertThat(PathPattern.normalise(path)).isEqualTo(normalised);
	}

	@Test
	void refusesEmptyPattern() {
		assertThatIllegalArgumentException().isThrownBy(() -> new PathPattern(""))
			.withMessage("The path pattern '' is empty, use for example '/api/*'");
	}

}
