package io.github.cftracker.text;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LogTextTests {

	@Test
	void replacesControlCharacters() {
		assertThat(LogText.clean("a\r\nb\u001b[31mc\u0085d\u202ee\u2028f")).isEqualTo("a b [31mc d e f");
	}

	@Test
	void keepsOrdinaryText() {
		assertThat(LogText.clean("Überprüfe 'a' \uD83D\uDE00")).isEqualTo("Überprüfe 'a' \uD83D\uDE00");
	}

	@Test
	void cutsLongText() {
		assertThat(LogText.clean("x".repeat(1000))).isEqualTo("x".repeat(1000));
		assertThat(LogText.clean("x".repeat(1001))).isEqualTo("x".repeat(997) + "...");
	}

	@Test
	void returnsOnlyTheFirstLine() {
		assertThat(LogText.firstLine("first\tline\nx-amz-security-token:secret")).isEqualTo("first line");
		assertThat(LogText.firstLine(null)).isEqualTo("null");
		assertThat(LogText.firstLine("")).isEmpty();
	}

	@Test
	void endsSentenceWithOneFullStop() {
		assertThat(LogText.sentence("Denied")).isEqualTo("Denied.");
		assertThat(LogText.sentence("Denied.\nmore")).isEqualTo("Denied.");
	}

}
