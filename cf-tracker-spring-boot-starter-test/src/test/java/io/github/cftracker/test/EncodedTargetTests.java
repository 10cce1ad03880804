package io.github.cftracker.test;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class EncodedTargetTests {

	@ParameterizedTest
	@ValueSource(
			strings = { "/", "/a/b.html?x=1&y=2", "/a%7Cb", "/a%7cb", "/%C3%A9", "/~user", "/!$'()*+,-.:;=?@_&", "*" })
	void keepsWhatIsSafe(String target) {
		assertThat(EncodedTarget.of(target)).isSameAs(target);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '~', textBlock = """
			/a|b          ~ /a%7Cb
			/<>"#{}|\\^[]` ~ /%3C%3E%22%23%7B%7D%7C%5C%5E%5B%5D%60
			/\u00c3\u00a9/a        ~ /%C3%A9/a
			/a b          ~ /a%20b
			/\u007f            ~ /%7F
			/%            ~ /%25
			/%2           ~ /%252
			/%zz%20%      ~ /%25zz%20%25
			/%C3|%        ~ /%C3%7C%25
			""")
	void encodesWhatIsNot(String target, String encoded) {
		assertThat(EncodedTarget.of(target)).isEqualTo(encoded);
		assertThat(InvalidationPaths.isValid(encoded)).isTrue();
	}

}
