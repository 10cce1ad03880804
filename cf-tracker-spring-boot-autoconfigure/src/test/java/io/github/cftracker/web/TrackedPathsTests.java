package io.github.cftracker.web;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.web.util.pattern.PatternParseException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class TrackedPathsTests {

	private final TrackedPaths all = paths(List.of(), List::of);

	private final TrackedPaths some = paths(List.of("/products/**", "/pages/{id}"), List.of("/products/internal/**"),
			() -> List.of("/**/*.tmp"));

	@ParameterizedTest
	@ValueSource(strings = { "/", "/a", "/a/", "/a/b;v=1", "//", "/%C3%A9" })
	void containEverythingByDefault(String uri) {
		assertThat(this.all.contain(uri, "")).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/products", "/products/", "/products/1", "/products/1/reviews", "/pages/1",
			"/pages/1;v=2", "/%70roducts/1", "/products/%C3%A9", "/products/internals" })
	void containWhatIsIncluded(String uri) {
		assertThat(this.some.contain(uri, "")).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "/a", "/pages", "/pages/", "/pages/1/2", "/Products/1", "/product/1", "/products1" })
	void doNotContainWhatIsNotIncluded(String uri) {
		assertThat(this.some.contain(uri, "")).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/products/internal", "/products/internal/a", "/products/internal;v=1/a",
			"/products/%69nternal/a", "/%70roducts/internal", "/products/a.tmp", "/pages/a.tmp", "/pages/a%2Etmp",
			"/pages/a.%74mp;v=1" })
	void doNotContainWhatIsExcludedHoweverItIsSpelled(String uri) {
		assertThat(this.some.contain(uri, "")).isFalse();
	}

	@Test
	void matchWithoutContextPath() {
		assertThat(this.some.contain("/shop/products/1", "/shop")).isTrue();
		assertThat(this.some.contain("/shop/products/internal/1", "/shop")).isFalse();
		assertThat(this.some.contain("/products/1", "")).isTrue();
		assertThat(this.some.contain("/products/products/1", "/products")).isTrue();
		assertThat(this.some.contain("/products/1", "/products")).isFalse();
	}

	@Test
	void askForWhatToExcludeAtTheFirstRequestOnly() {
		int[] asked = { 0 };
		TrackedPaths paths = paths(List.of(), () -> {
			asked[0]++;
			return List.of("/a");
		});
		assertThat(asked).containsExactly(0);
		assertThat(paths.contain("/a", "")).isFalse();
		assertThat(paths.contain("/b", "")).isTrue();
		assertThat(asked).containsExactly(1);
	}

	/**
	 * What decides without taking the path apart decides alike.
	 */
	@Test
	void agreeWithThePatternsThemselves() {
		List<String> patterns = List.of("/", "/a", "/a/", "/a/**", "/a/*", "/a*", "/a?", "/{x}", "/a/{*rest}",
				"/{*rest}", "/**", "/**/b", "/a/b.c", "/b/{x:[a-c]+}", "a");
		List<String> parts = List.of("", "/", "a", "b", "ab", "b.c", "..", ".", "/a", "/b", "//", ";v=1", "%61", "%2E",
				"%2F", "é");
		Random random = new Random(7);
		int excluded = 0;
		for (int i = 0; i < 20_000; i++) {
			String pattern = patterns.get(random.nextInt(patterns.size()));
			String uri = "/" + random.ints(random.nextInt(5), 0, parts.size())
				.mapToObj(parts::get)
				.collect(Collectors.joining());
			// An inclusion is always decided by the pattern
			boolean matches = paths(List.of(pattern), List::of).contain(uri, "");
			assertThat(paths(List.of(), () -> List.of(pattern)).contain(uri, "")).as("'%s' without '%s'", uri, pattern)
				.isEqualTo(!matches);
			excluded += matches ? 1 : 0;
		}
		assertThat(excluded).isBetween(2000, 18_000);
	}

	@Test
	void refuseMalformedPatternToInclude() {
		assertThatExceptionOfType(PatternParseException.class).isThrownBy(() -> paths(List.of("/{"), List::of));
	}

	private static TrackedPaths paths(List<String> include, ManagementPaths management) {
		return paths(include, List.of(), management);
	}

	private static TrackedPaths paths(List<String> include, List<String> exclude, ManagementPaths management) {
		return new TrackedPaths(include, exclude,
				new StaticListableBeanFactory(Map.of("management", management)).getBeanProvider(ManagementPaths.class));
	}

}
