package io.github.cftracker.distribution;

import java.time.Duration;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

class BehaviorPatternTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			*            | /             | true
			*            | /a/b.c        | true
			**           | /a            | true
			/a           | /a            | true
			/a           | /a/           | false
			/a           | /ab           | false
			/a           | /             | false
			# case
			/A/*         | /A/b          | true
			/A/*         | /a/b          | false
			# the leading slash may be missing
			a            | /a            | true
			images/*     | /images/b     | true
			images/*     | /x/images/b   | false
			# a star stands for nothing, and for slashes
			/a*          | /a            | true
			/a/*         | /a/           | true
			/a/*         | /a            | false
			*/a          | /a            | true
			/a/*         | /a/b/c/d      | true
			/a/*.jpg     | /a/b/c.jpg    | true
			*.jpg        | /a/b/c.jpg    | true
			*.jpg        | /.jpg         | true
			*.jpg        | /a.jpgx       | false
			*.jpg        | /a.JPG        | false
			# several stars
			/*/b/*/d     | /a/b/c/d      | true
			/*/b/*/d     | /x/y/b/c/b/d  | true
			/*/b/*/d     | /b/c/d        | false
			/a*b*c       | /abc          | true
			/a*b*c       | /axxbxbxcxc   | true
			/a*b*c       | /acb          | false
			# a question mark is one character
			/a?.gif      | /ab.gif       | true
			/a?.gif      | /a/.gif       | true
			/a?.gif      | /a.gif        | false
			/a?.gif      | /abb.gif      | false
			/a?          | /a            | false
			/??*         | /ab           | true
			/??*         | /a            | false
			# nothing else is special
			/a.b         | /a.b          | true
			/a.b         | /axb          | false
			/[ab]+$      | /[ab]+$       | true
			/[ab]+$      | /a            | false
			""")
	void matchesAsCloudFrontDoes(String pattern, String path, boolean matches) {
		assertThat(new BehaviorPattern(pattern).matches(path)).isEqualTo(matches);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			*         | /        | true
			/a/*      | /        | true
			/a/*      | /a       | true
			/a/*      | /a/      | true
			/a/*      | /a/b/c   | true
			/a/*      | /b       | false
			/a/*      | /ab      | false
			/a/*      | /A       | false
			a/*       | /a/      | true
			/a        | /a       | true
			/a        | /a/      | false
			/a/b      | /a/      | true
			*.jpg     | /a/      | true
			*.jpg     | /a.jpg/b | true
			/a/*.jpg  | /a/b.jpg | true
			/a/*.jpg  | /b/      | false
			/a?c      | /ab      | true
			/a?c      | /abd     | false
			/*/b      | /a/c/    | true
			""")
	void detectsPrefixBelowWhichAnyPathMayMatch(String pattern, String prefix, boolean may) {
		assertThat(new BehaviorPattern(pattern).mayMatchBelow(prefix)).isEqualTo(may);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			*         | /      | true
			/*        | /      | true
			/a/*      | /a/    | true
			/a/*      | /a/b   | true
			/a/*      | /a     | false
			/a/*      | /      | false
			/a/*      | /b/    | false
			/a*       | /a     | true
			/a**      | /a     | true
			a/*       | /a/    | true
			/a        | /a     | false
			*.jpg     | /a/    | false
			*.jpg     | /a.jpg | false
			*/a/*     | /x/a/  | true
			*/a/*     | /x/    | false
			/?*       | /a     | true
			/?*       | /      | false
			/a/*/     | /a/b/  | false
			""")
	void detectsPrefixBelowWhichEveryPathMatches(String pattern, String prefix, boolean all) {
		assertThat(new BehaviorPattern(pattern).matchesAllBelow(prefix)).isEqualTo(all);
	}

	@ParameterizedTest
	@ValueSource(strings = { "*a*a*a*a*b", "/*a*a*a*a*a*a*a*a*a*a*b", "*?*?*?*?*?*?*?*?b" })
	void isFastForEveryPattern(String pattern) {
		String path = "/" + "a".repeat(4000);
		BehaviorPattern behavior = new BehaviorPattern(pattern);
		assertTimeoutPreemptively(Duration.ofSeconds(30), () -> {
			assertThat(behavior.matches(path)).isFalse();
			assertThat(behavior.mayMatchBelow(path)).isTrue();
			assertThat(behavior.matchesAllBelow(path)).isFalse();
		});
	}

}
