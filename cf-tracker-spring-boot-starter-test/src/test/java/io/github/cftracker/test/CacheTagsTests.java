package io.github.cftracker.test;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class CacheTagsTests {

	@Test
	void readsEveryHeaderLine() {
		assertThat(tags("a,b", "", " c ,\td\t,,")).containsExactly("a", "b", "c", "d");
	}

	@Test
	void takesVisibleCharactersInAnyCase() {
		assertThat(tags("Product:42,#,##a,*,~!\"[]{}")).containsExactly("product:42", "#", "##a", "*", "~!\"[]{}");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", ",", "a b", "a\tb", "\u00c3\u00a9", "a\u00a0", "a\u007f" })
	void ignoresWhatIsNoTag(String text) {
		assertThat(tags("first," + text + ",last")).containsExactly("first", "last");
		assertThat(tags(text)).isEmpty();
	}

	@Test
	void takesTagOf256CharactersAndIgnoresLonger() {
		String longest = "a".repeat(256);
		assertThat(tags(longest + "b," + longest + ",c")).containsExactly(longest, "c");
	}

	@Test
	void takesFirst50TagsEachOnce() {
		List<String> first = numbered(1, 50);
		String header = "no tag,1,1," + String.join(",", first) + ",51,1,52";
		assertThat(tags(header)).isEqualTo(first);
	}

	@Test
	void binds50TagsOfSeveralLines() {
		assertThat(tags(String.join(",", numbered(1, 30)), String.join(",", numbered(31, 60))))
			.isEqualTo(numbered(1, 50));
	}

	@Test
	void keepsNothingForWhatHasNoTags() {
		assertThat(Stream.of(CacheTags.of(response("a"), null), CacheTags.of(response("a"), "Other"),
				CacheTags.of(response("no tag"), "Cache-Tag")))
			.allMatch((tags) -> tags == CacheTags.of(response(), "Cache-Tag"));
	}

	@Test
	void findsTagsUnderTheirHeaderOnly() {
		CacheTags tags = CacheTags.of(response("a"), "Cache-Tag");
		assertThat(tags.under("CACHE-TAG")).containsExactly("a");
		assertThat(tags.under("Other")).isEmpty();
		assertThat(tags.under(null)).isEmpty();
		assertThat(CacheTags.of(response(), "").under("")).isEmpty();
	}

	@Test
	void namesTagsOfInvalidationInLowerCase() {
		assertThat(CacheTags.named(List.of("/a", "#B:c", "#b:C", "/*", "##d"))).containsExactlyInAnyOrder("b:c", "#d");
	}

	private static List<String> numbered(int first, int last) {
		return IntStream.rangeClosed(first, last).mapToObj(Integer::toString).collect(Collectors.toList());
	}

	private static List<String> tags(String... values) {
		return CacheTags.of(response(values), "cache-tag").under("Cache-Tag");
	}

	private static OriginResponse response(String... values) {
		return new OriginResponse(200, (values.length > 0) ? Map.of("Cache-Tag", List.of(values)) : Map.of(),
				new byte[0]);
	}

}
