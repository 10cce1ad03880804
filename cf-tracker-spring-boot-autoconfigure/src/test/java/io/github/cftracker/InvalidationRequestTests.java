package io.github.cftracker;

import java.util.List;
import java.util.stream.IntStream;

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

	@Test
	void refusesMoreThanAHundredThousandValuesBeforeItLooksAtThem() {
		List<String> paths = IntStream.range(0, 60_000).mapToObj((i) -> "/" + i).toList();
		InvalidationRequest.Builder request = InvalidationRequest.builder()
			.paths(paths)
			.matching(paths.subList(0, 40_000));
		assertThat(request.build().selection().size()).isEqualTo(InvalidationRequest.MAX_VALUES);
		assertThatExceptionOfType(InvalidRequestException.class)
			.isThrownBy(() -> request.paths(List.of("invalid")).build())
			.withMessage("'paths' has 60,001 values, but a request can have at most 100,000 values in all fields: "
					+ "use wildcards, or several requests")
			.satisfies((ex) -> assertThat(ex.field()).isEqualTo("paths"));
	}

	@Test
	void refusesAPatternThatIsLongerThanAnyPath() {
		assertThatExceptionOfType(InvalidRequestException.class)
			.isThrownBy(() -> InvalidationRequest.builder().matching(List.of("/" + "a".repeat(4_000))).build())
			.withMessageEndingWith("is longer than 4,000 characters");
	}

}
