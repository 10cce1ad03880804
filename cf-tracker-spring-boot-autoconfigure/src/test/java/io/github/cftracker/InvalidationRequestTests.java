package io.github.cftracker;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

	@Test
	void equalsARequestForTheSameSelectionOnly() {
		InvalidationRequest request = InvalidationRequest.ofTags("a");
		assertThat(request.withTrigger(Trigger.COMMIT).withRequestedBy("alice").once("night", Duration.ofDays(1)))
			.isEqualTo(request)
			.hasSameHashCodeAs(request);
		assertThat(request).isNotEqualTo(InvalidationRequest.ofTags("b")).isNotEqualTo(null).isNotEqualTo("a");
	}

	@Test
	void carriesItsCause() {
		InvalidationRequest plain = InvalidationRequest.ofTags("a");
		assertThat(plain.trigger()).isEqualTo(Trigger.API);
		assertThat(plain.requestedBy()).isNull();
		assertThat(plain.once()).isNull();
		InvalidationRequest request = plain.once("night", Duration.ofDays(1))
			.withRequestedBy("a\r\njob")
			.withTrigger(Trigger.SCHEDULE)
			.and(InvalidationRequest.ofTags("b"));
		assertThat(request.selection().tags()).containsExactly("a", "b");
		assertThat(request.trigger()).isEqualTo(Trigger.SCHEDULE);
		assertThat(request.requestedBy()).isEqualTo("a??job");
		assertThat(request.once()).isEqualTo(new InvalidationRequest.Once("night", Duration.ofDays(1)));
	}

	@ParameterizedTest
	@CsvSource({ "' ', PT1H", "night, PT0S", "night, PT-1S", "night, PT0.0001S", "night, PT100000H" })
	void refusesANameThatCannotHappenOnce(String name, Duration remembered) {
		InvalidationRequest request = InvalidationRequest.ofEverything();
		assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> request.once(name, remembered))
			.withMessageContaining("'" + name + "'")
			.satisfies((ex) -> assertThat(ex.field()).isEqualTo("once"));
		assertThatExceptionOfType(InvalidRequestException.class)
			.isThrownBy(() -> request.once("a".repeat(201), remembered));
	}

}
