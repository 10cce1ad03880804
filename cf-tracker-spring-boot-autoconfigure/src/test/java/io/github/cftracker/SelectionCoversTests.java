package io.github.cftracker;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class SelectionCoversTests {

	private static final Selection EVERYTHING = Selection.ofEverything();

	private static final Selection MIXED = new Selection(List.of("/a", "/b/*"), List.of("/c/**"), List.of("/d/{id}"),
			List.of("e"));

	@Test
	void everythingCoversWhatIsTrackedAndIsCoveredByNothingElse() {
		assertThat(EVERYTHING.covers(EVERYTHING)).isTrue();
		assertThat(EVERYTHING.covers(new Selection(List.of(), List.of("/c/**"), List.of("/d/{id}"), List.of())))
			.isTrue();
		assertThat(MIXED.covers(EVERYTHING)).isFalse();
		assertThat(new Selection(List.of("/*")).covers(EVERYTHING)).isFalse();
	}

	@Test
	void everythingTrackedDoesNotCoverWhatMayNotBeTracked() {
		assertThat(EVERYTHING.covers(new Selection(List.of("/a")))).isFalse();
		assertThat(EVERYTHING.covers(new Selection(List.of(), List.of(), List.of(), List.of("e")))).isFalse();
		assertThat(EVERYTHING.covers(MIXED)).isFalse();
	}

	@Test
	void coversItselfAndEachOfItsFields() {
		assertThat(MIXED.covers(MIXED)).isTrue();
		assertThat(MIXED.covers(new Selection(List.of("/a")))).isTrue();
		assertThat(MIXED.covers(new Selection(List.of(), List.of("/c/**"), List.of(), List.of()))).isTrue();
		assertThat(MIXED.covers(new Selection(List.of(), List.of(), List.of("/d/{id}"), List.of("e")))).isTrue();
	}

	@Test
	void aValueOfOneFieldIsNotOneOfAnother() {
		assertThat(MIXED.covers(new Selection(List.of("/c/**")))).isFalse();
		assertThat(MIXED.covers(new Selection(List.of(), List.of("/a"), List.of(), List.of()))).isFalse();
		assertThat(MIXED.covers(new Selection(List.of(), List.of(), List.of(), List.of("f")))).isFalse();
		assertThat(MIXED.covers(new Selection(List.of(), List.of(), List.of("/a"), List.of()))).isFalse();
	}

	@Test
	void aWildcardCoversThePathsAndWildcardsBelowIt() {
		assertThat(MIXED.covers(new Selection(List.of("/b/1", "/b/2/*", "/b/*", "/a")))).isTrue();
		assertThat(MIXED.covers(new Selection(List.of("/b")))).isFalse();
		assertThat(MIXED.covers(new Selection(List.of("/b*")))).isFalse();
		assertThat(MIXED.covers(new Selection(List.of("/b/")))).isFalse();
		assertThat(MIXED.covers(new Selection(List.of("/a", "/f")))).isFalse();
	}

	@ParameterizedTest
	@CsvSource({ "/dir/*, /dir/a, true", "/dir/*, /dir/?x, true", "/dir/*, /dir/, false", "/s?*, /s?x, true",
			"/s?*, /s?, false", "/a*, /ab, true", "/a*, /a, false", "/*, /a, true", "/*, /, true", "/a*, /a*, true",
			"/a*, /ab*, true", "/a*, /*, false", "/a**, /a*, false", "/a, /a, true", "/a, /ab, false" })
	void aWildcardDoesNotCoverThePathThatEndsBeforeItsAsterisk(String item, String path, boolean covers) {
		assertThat(Selection.covers(item, path)).isEqualTo(covers);
	}

	@Test
	void aWildcardSelectsThePathThatEndsBeforeItsAsterisk() {
		assertThat(new Selection(List.of("/dir/*")).selector(PathPatterns.UNKNOWN))
			.accepts(new TrackedPath("/dir/", null), new TrackedPath("/dir/a", null))
			.rejects(new TrackedPath("/dir", null));
	}

	@Test
	void countsTheValuesOfAllFields() {
		assertThat(MIXED.size()).isEqualTo(5);
		assertThat(EVERYTHING.size()).isZero();
	}

}
