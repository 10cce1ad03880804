package io.github.cftracker.web;

import io.github.cftracker.InvalidRequestException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SpringPathPatternsTests {

	private final SpringPathPatterns patterns = new SpringPathPatterns();

	@ParameterizedTest
	@ValueSource(strings = { "/{id", "/{id:[}", "/a{id:[}b", "/{a}{b:(}", "/{id:(a|b)}", "/x{id:(a|b)}y" })
	void refusesWhatIsMalformedOrWouldNeverMatch(String pattern) {
		assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> this.patterns.parse(pattern))
			.withMessageContaining("'" + pattern + "' is no Spring path pattern")
			.satisfies((ex) -> assertThat(ex.field()).isEqualTo("matching"));
	}

	@Test
	void variablesMayHaveExpressionsWithoutGroups() {
		assertThat(this.patterns.parse("/{id:(?:a|b)}/x{n:[0-9]{2,3}}")).accepts("/a/x12", "/b/x123?c=d")
			.rejects("/c/x12");
		assertThat(this.patterns.parse("/{id:(?:a|b)}/*")).accepts("/b/*");
	}

	@Test
	void aPathThatCannotBeDecodedIsMatchedByNone() {
		assertThat(this.patterns.parse("/**")).rejects("/%zz");
	}

}
