package io.github.cftracker;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class InvalidationRequestTests {

	@Test
	void replacesControlCharactersInTheMessage() {
		assertThatExceptionOfType(InvalidRequestException.class)
			.isThrownBy(() -> InvalidationRequest.builder().paths(List.of("/a\r\nforged")).build())
			.withMessageStartingWith("'/a??forged' contains a character at position 2");
	}

	@Test
	void cutsALongValueInTheMessage() {
		assertThatExceptionOfType(InvalidRequestException.class)
			.isThrownBy(() -> InvalidationRequest.builder().paths(List.of("/" + "a".repeat(4_000))).build())
			.satisfies((ex) -> assertThat(ex).hasMessageContaining("aaa...' is longer than")
				.message()
				.hasSizeLessThan(300));
	}

}
