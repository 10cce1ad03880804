package io.github.cftracker;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class CacheTagTests {

	private static final int[] CODE_POINTS = { 'a', 'b', 'Z', '0', ':', ',', ' ', '%', '*', '!', '#', '\t', '\n', 0,
			0x7f, 0x80, 0xe9, 0x130, 0x131, 0x1e9e, 0x212a, 0x3a3, 0xfeff, 0x2028, 0x1f389, 0x10ffff, 0xd83c, 0xdf89 };

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			product:4              | product:4
			product:42             | product:42
			Product:4              | product:4
			'  product:4 '         | product:4
			a,b                    | a%2cb
			a b                    | a%20b
			Café                   | caf%c3%a9
			caf%C3%A9              | caf%c3%a9
			🎉                     | %f0%9f%8e%89
			#a                     | #a
			a*                     | a*
			100%                   | 100%
			'  '                   | ''
			""")
	void isWrittenAsCloudFrontTakesIt(String tag, String written) {
		assertThat(CacheTag.of(tag)).isEqualTo(written);
	}

	@ParameterizedTest
	@ValueSource(strings = { "*", "!", " * " })
	void whatStandsForOtherThingsIsNoTag(String tag) {
		assertThat(CacheTag.of(tag)).startsWith("sha256:").hasSize(71);
		assertThat(CacheTag.of("*")).isNotEqualTo(CacheTag.of("!"));
	}

	@Test
	void whatIsTooLongIsHashedAndStaysDifferent() {
		assertThat(CacheTag.of("a".repeat(256))).isEqualTo("a".repeat(256));
		assertThat(CacheTag.of("a".repeat(300))).startsWith("sha256:")
			.hasSize(71)
			.isEqualTo(CacheTag.of("A".repeat(300)));
		assertThat(CacheTag.of("a".repeat(300))).isNotEqualTo(CacheTag.of("a".repeat(301)));
		// Too long only when it is encoded
		assertThat(CacheTag.of("é".repeat(43))).startsWith("sha256:");
		assertThat(CacheTag.of("é".repeat(42))).hasSize(252);
	}

	@Test
	void everyTagIsVisibleAsciiInLowerCaseAndWrittenOnce() {
		Random random = new Random(6);
		Map<String, String> known = new HashMap<>();
		for (int round = 0; round < 50_000; round++) {
			String tag = tag(random);
			String written = CacheTag.of(tag);
			assertThat(written).hasSizeLessThanOrEqualTo(CacheTag.MAX_LENGTH);
			for (int i = 0; i < written.length(); i++) {
				char c = written.charAt(i);
				if (c <= ' ' || c > '~' || c == ',' || (c >= 'A' && c <= 'Z')) {
					throw new AssertionError("'%s' of '%s'".formatted(written, tag));
				}
			}
			assertThat(written).isNotEqualTo(CacheTag.ANY).isNotEqualTo(CacheTag.UNSENT);
			assertThat(CacheTag.of(written)).as(tag).isEqualTo(written);
			String same = tag.trim().toLowerCase(Locale.ROOT);
			if (!same.contains("%") && isPaired(same)) {
				assertThat(known.merge(written, same, (first, second) -> first)).isEqualTo(same);
			}
		}
	}

	private static boolean isPaired(String tag) {
		return tag.codePoints().noneMatch((c) -> c >= 0xd800 && c <= 0xdfff);
	}

	private static String tag(Random random) {
		StringBuilder tag = new StringBuilder();
		int length = (random.nextInt(20) == 0) ? random.nextInt(400) : random.nextInt(5);
		for (int i = 0; i < length; i++) {
			tag.appendCodePoint(CODE_POINTS[random.nextInt(CODE_POINTS.length)]);
		}
		return tag.toString();
	}

	@Test
	void anItemIsATagByItsFirstCharacter() {
		assertThat(CacheTag.isTag(CacheTag.item("a*"))).isTrue();
		assertThat(Selection.isWildcard(CacheTag.item("a*"))).isFalse();
		assertThat(CacheTag.isTag("/a#b")).isFalse();
	}

}
