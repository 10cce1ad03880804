package io.github.cftracker.distribution;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class NormalizedPathTests {

	@ParameterizedTest
	@CsvSource(textBlock = """
			# slashes
			//,             /
			//a,            /a
			/a//b///c,      /a/b/c
			/a//,           /a/
			# dot segments
			/./a,           /a
			/a/./b,         /a/b
			/a/.,           /a/
			/a/../b,        /b
			/a/b/..,        /a/
			/a/..,          /
			/..,            /
			/../../a,       /a
			/a/b/../../c/d, /c/d
			/a//./../b,     /b
			/a;v=1/../b,    /b
			# what needs no encoding
			/%61,           /a
			/%7a%5A%39,     /zZ9
			/a%2Eb%2db%5fb%7E, /a.b-b_b~
			/a/%2e%2e/b,    /b
			/a/%2E/b,       /a/b
			/a/.%2e,        /
			""")
	void normalizesPathForBehaviors(String path, String normalized) {
		assertThat(NormalizedPath.of(path)).isEqualTo(normalized);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "/a", "/a/", "/a/b.html", "/.well-known/x", "/a/...", "/a/..b", "/a/b..", "/a;v=1" })
	void keepsPlainPaths(String path) {
		assertThat(NormalizedPath.of(path)).isEqualTo(path);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/a%2Fb", "/a%2fb", "/a%5Cb", "/a%20b", "/a%3Fb", "/a%00", "/%C3%A9", "/%c3%a9", "/a%2A" })
	void decodesNoCharacterThatChangesPath(String path) {
		assertThat(NormalizedPath.of(path)).isEqualTo(path);
	}

	@ParameterizedTest
	@CsvSource({ "/a%2561, /a%2561", "/a%252e%252e/b, /a%252e%252e/b", "/%%361, /%61" })
	void decodesOnce(String path, String normalized) {
		assertThat(NormalizedPath.of(path)).isEqualTo(normalized);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/a%", "/a%6", "/a%zz", "/a%z1", "/a%g1b", "/a%5z", "/a%6g", "/a%7-b" })
	void keepsPercentSignThatEncodesNothing(String path) {
		assertThat(NormalizedPath.of(path)).isEqualTo(path);
	}

}
