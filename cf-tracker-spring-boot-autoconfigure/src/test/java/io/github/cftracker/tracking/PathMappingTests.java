package io.github.cftracker.tracking;

import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.cftracker.InvalidationPath;
import io.github.cftracker.Selection;
import io.github.cftracker.distribution.QueryStrings;
import io.github.cftracker.distribution.QueryStrings.Mode;
import io.github.cftracker.distribution.WildcardSafety;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What holds for any request target; {@code docs/paths.md} is about particular ones.
 */
class PathMappingTests {

	private static final int CASES = 50_000;

	private static final WildcardSafety SAFETY = new WildcardSafety(List.of("/protected/"), null);

	private static final String[] PIECES = { "a", "B", "0", "/", "/", "//", "/./", "/../", ".", "-", "_", "~", "%7E",
			"%7e", "%2F", "%2f", "%C3%A9", "%c3%a9", "%25", "%", "%z", "%4", "+", "*", ";v=1", ";", ",", ":", "@", "!",
			"$", "&", "'", "(", ")", "=", " ", "\"", "<", ">", "#", "{", "}", "|", "\\", "^", "[", "]", "`", "\t",
			"\u007f", "\u00e9", "\u00ff", "\u00c3\u00a9", "\u20ac", "\ud83d\ude00", "protected/" };

	private static final String[] QUERY_PIECES = { "page=1", "page", "sort=", "x=2", "&", "&", "&&", "=", "?",
			"%70age=3", "utm=1", "Page=4", "a b", "~", "%", "*", "+", "\u00e9" };

	static Stream<QueryStrings> keys() {
		return Stream.of(QueryStrings.ALL, QueryStrings.NONE, new QueryStrings(Mode.INCLUDE, Set.of("page", "sort")),
				new QueryStrings(Mode.EXCLUDE, Set.of("page", "utm")), null);
	}

	@ParameterizedTest
	@MethodSource("keys")
	void isValidOrSaidToBeRejected(QueryStrings queryStrings) {
		PathMapping mapping = new PathMapping(queryStrings, "", SAFETY);
		forAnyTarget((path, query) -> {
			for (String tracked : mapping.cached(path, query)) {
				String problem = InvalidationPath.problemOf(tracked);
				if (problem != null) {
					assertThat(safeWildcardFor(tracked)).as("%s for %s?%s: %s", tracked, path, query, problem)
						.isFalse();
				}
			}
		});
	}

	@ParameterizedTest
	@MethodSource("keys")
	void coversTheRequest(QueryStrings queryStrings) {
		PathMapping mapping = new PathMapping(queryStrings, "", SAFETY);
		forAnyTarget((path, query) -> {
			List<String> tracked = mapping.cached(path, query);
			for (String key : keys(queryStrings, path, query)) {
				String encoded = InvalidationPathEncoding.encoded(key);
				boolean unsendable = encoded.endsWith("*")
						&& !SAFETY.isSafe(encoded.substring(0, encoded.length() - 1));
				assertThat(unsendable || tracked.stream().anyMatch((item) -> Selection.covers(item, encoded)))
					.as("%s for %s", tracked, key)
					.isTrue();
			}
		});
	}

	@ParameterizedTest
	@MethodSource("keys")
	void isIdempotent(QueryStrings queryStrings) {
		PathMapping mapping = new PathMapping(queryStrings, "", SAFETY);
		forAnyTarget((path, query) -> {
			for (String tracked : mapping.cached(path, query)) {
				int question = tracked.indexOf('?');
				List<String> again = (question == -1) ? mapping.cached(tracked, null)
						: mapping.cached(tracked.substring(0, question), tracked.substring(question + 1));
				boolean cutWithinName = Selection.isWildcard(tracked) && question != -1;
				if (!cutWithinName) {
					assertThat(again).as("%s for %s?%s", again, path, query).contains(tracked);
				}
			}
		});
	}

	@Test
	void never404sAwayAWildcard() {
		PathMapping mapping = new PathMapping(null, "index.html", SAFETY);
		forAnyTarget((path, query) -> assertThat(mapping.gone(path, query)).noneMatch(Selection::isWildcard)
			.allMatch((gone) -> mapping.cached(path, query).contains(gone)));
	}

	@Test
	void a404WithAQueryStringSaysNothingAboutTheBarePathWhereNothingIsKnown() {
		PathMapping mapping = new PathMapping(null, "", SAFETY);
		assertThat(mapping.cached("/a", "x=1")).containsExactly("/a?x=1", "/a");
		assertThat(mapping.gone("/a", "x=1")).containsExactly("/a?x=1");
		assertThat(mapping.gone("/a", null)).containsExactly("/a");
	}

	@Test
	void tracksBothPathsOfTheDefaultRootObject() {
		PathMapping mapping = new PathMapping(QueryStrings.ALL, "index.html", SAFETY);
		assertThat(mapping.cached("/index.html", null)).containsExactly("/index.html", "/");
		assertThat(mapping.gone("/index.html", null)).containsExactly("/index.html", "/");
		assertThat(mapping.cached("/xindex.html", null)).containsExactly("/xindex.html");
		assertThat(mapping.cached("/a/index.html", null)).containsExactly("/a/index.html");
	}

	@ParameterizedTest
	@CsvSource({ "4000, 4000, x", "4001, 4000, *", "9000, 4000, *" })
	void widensWhatIsTooLong(int length, int expected, char last) {
		String path = "/" + "x".repeat(length - 1);
		PathMapping mapping = new PathMapping(QueryStrings.ALL, "", SAFETY);
		assertThat(mapping.cached(path, null)).singleElement()
			.asString()
			.hasSize(expected)
			.endsWith(String.valueOf(last));
	}

	@ParameterizedTest
	@CsvSource({ "3993, /*3992x%C3%A9*", "3994, /*3993x%C3*", "3996, /*3995x%C3*", "3997, /*3996x*", "3998, /*3997x*" })
	void neverCutsWithinAnEscape(int before, String expected) {
		PathMapping mapping = new PathMapping(QueryStrings.ALL, "", SAFETY);
		String path = "/" + "x".repeat(before - 1) + "%C3%A9" + "y".repeat(100);
		String tracked = mapping.cached(path, null).get(0);
		assertThat(tracked.replaceAll("x+", "*" + (before - 1) + "x")).isEqualTo(expected);
		assertThat(InvalidationPath.problemOf(tracked)).isNull();
	}

	@Test
	void whatIsPlainIsLeftAsItIs() {
		String characters = "abcXYZ019-._!$&'()+,;=:@/?" + "%~*#<> \u00e9\u20ac";
		Random random = new Random(7);
		int plain = 0;
		for (int i = 0; i < 50_000; i++) {
			int variety = random.nextBoolean() ? 26 : characters.length();
			String path = "/" + random.ints(random.nextInt(12), 0, variety)
				.mapToObj((index) -> characters.substring(index, index + 1))
				.collect(Collectors.joining());
			if (InvalidationPathEncoding.isPlain(path)) {
				plain++;
				assertThat(InvalidationPathEncoding.sendable(InvalidationPathEncoding.encoded(path), SAFETY))
					.isSameAs(path);
			}
		}
		assertThat(plain).isBetween(20_000, 45_000);
		assertThat(InvalidationPathEncoding.isPlain("/" + "a".repeat(InvalidationPath.MAX_LENGTH - 1))).isTrue();
		assertThat(InvalidationPathEncoding.isPlain("/" + "a".repeat(InvalidationPath.MAX_LENGTH))).isFalse();
	}

	@Test
	void handsOutAPathThatNeedsNothingAsItIs() {
		String path = "/shop/category-1/product-2";
		assertThat(new PathMapping(QueryStrings.ALL, "", SAFETY).cached(path, null).get(0)).isSameAs(path);
	}

	private static List<String> keys(QueryStrings queryStrings, String path, String query) {
		if (query == null) {
			return List.of(path);
		}
		if (queryStrings == null) {
			return List.of(path, path + "?" + query);
		}
		return queryStrings.cached(query).stream().map((key) -> (key != null) ? path + "?" + key : path).toList();
	}

	private static boolean safeWildcardFor(String path) {
		int end = Stream.of("~", "%7E", "%7e")
			.mapToInt(path::indexOf)
			.filter((i) -> i != -1)
			.min()
			.orElse(path.length());
		Matcher stray = Pattern.compile("%(?!\\p{XDigit}{2})").matcher(path);
		end = Math.min(end, stray.find() ? stray.start() : path.length());
		return SAFETY.isSafe(path.substring(0, Math.min(end, InvalidationPath.MAX_LENGTH - 1)));
	}

	private static void forAnyTarget(TargetCheck check) {
		Random random = new Random(20261126);
		for (int i = 0; i < CASES; i++) {
			String path = "/" + any(random, PIECES, (i % 100 == 0) ? 3000 : 12);
			check.check(path, random.nextBoolean() ? any(random, QUERY_PIECES, 8) : null);
		}
	}

	private static String any(Random random, String[] pieces, int max) {
		StringBuilder text = new StringBuilder();
		int count = random.nextInt(max);
		for (int i = 0; i < count; i++) {
			text.append(pieces[random.nextInt(pieces.length)]);
		}
		return text.toString();
	}

	@FunctionalInterface
	private interface TargetCheck {

		void check(String path, String query);

	}

}
