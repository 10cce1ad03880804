package io.github.cftracker.run;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import io.github.cftracker.Selection;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class SelectionHintsTests {

	private static final Set<String> PATTERNS = Set.of("/", "/api/vets", "/owners/{ownerId}", "/owners/{ownerId}/edit",
			"/owners/{ownerId}/pets/{petId:\\d{1,9}}", "/shop/inner");

	private final SelectionHints hints = new SelectionHints(() -> new Mappings(PATTERNS, "/shop", "/shop"));

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-", textBlock = """
			# route                          | nearest mapping
			/api/v1/vets                     | /api/vets
			/api/vet                         | /api/vets
			/Api/Vets/                       | /api/vets
			/owners/{id}                     | /owners/{ownerId}
			/owners/{id:\\d+}                | /owners/{ownerId}
			/owners/7                        | /owners/{ownerId}
			/owners/{id}/edits               | /owners/{ownerId}/edit
			/owners/{id}/pets/{id}           | /owners/{ownerId}/pets/{petId:\\d{1,9}}
			/shop/owners/{id}                | /owners/{ownerId}
			/orders/by-date/{year}/{month}   | -
			""")
	void suggestsNearestMapping(String route, @Nullable String nearest) {
		assertThat(this.hints.of(routes(route))).singleElement()
			.asString()
			.startsWith("This application has no mapping '%s'.".formatted(route.replaceFirst("^/shop", "")))
			.endsWith((nearest != null) ? "Did you mean '%s'?".formatted(nearest) : ".");
	}

	@ParameterizedTest
	@CsvSource({ "/, /", "/api/vets, /api/vets", "/shop/api/vets, /api/vets", "/shop, /", "/shop/, /",
			"/shop/owners/{ownerId}, /owners/{ownerId}", "/shop/inner, /shop/inner", "/shop/shop/inner, /shop/inner" })
	void acceptsRoutesWithAndWithoutContextPath(String route, String tracked) {
		assertThat(this.hints.of(routes(route))).isEmpty();
		assertThat(this.hints.normalize(routes(route)).routes()).containsExactly(tracked);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			/shop/a,/shop/b/*   | is a single path that contains a comma
			/a                  | whose paths start with '/shop'. Did you mean '/shop/a'?
			/a/*                | whose paths start with '/shop'. Did you mean '/shop/a/*'?
			/shopping           | whose paths start with '/shop'. Did you mean '/shop/shopping'?
			/shopping/*         | whose paths start with '/shop'. Did you mean '/shop/shopping/*'?
			""")
	void hintsAtPaths(String path, String hint) {
		assertThat(this.hints.of(new Selection(List.of(path)))).singleElement().asString().contains(hint);
	}

	@ParameterizedTest
	@CsvSource({ "/*", "/sh*", "/shop*", "/shop", "/shop?a=b", "/shop/a?b=c", "/shop/*", "'/shop/a,b'" })
	void hintsAtNoPathOfApplication(String path) {
		assertThat(this.hints.of(new Selection(List.of(path)))).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			/shop/a,/shop/b/**  | is a single pattern that contains a comma
			/owners/{id}        | Did you mean '/shop/owners/{id}'?
			/owners/**          | Did you mean '/shop/owners/**'?
			""")
	void hintsAtPatterns(String pattern, String hint) {
		assertThat(this.hints.of(matching(pattern))).singleElement().asString().contains(hint);
	}

	@ParameterizedTest
	@CsvSource({ "/**", "/{*rest}", "/*/owners", "/sh?p/owners", "/shop/**", "/shop", "/{app}/owners/{id}" })
	void hintsAtNoPatternThatMaySelectPages(String pattern) {
		assertThat(this.hints.of(matching(pattern))).isEmpty();
	}

	@Test
	void hintsAtNoRouteIfMappingsAreUnknown() {
		SelectionHints hints = new SelectionHints(() -> new Mappings(Set.of(), "/shop", ""));
		assertThat(hints.of(routes("/nothing"))).isEmpty();
		assertThat(hints.of(new Selection(List.of("/a")))).isEmpty();
		assertThat(hints.normalize(routes("/shop/owners/{ownerId}")).routes()).containsExactly("/owners/{ownerId}");
		assertThat(hints.normalize(routes("/shopping")).routes()).containsExactly("/shopping");
	}

	@Test
	void limitsNumberAndLengthOfHints() {
		List<String> paths = IntStream.range(0, 100_000).mapToObj((i) -> "/a,/" + i + "x".repeat(1000)).toList();
		assertThat(this.hints.of(new Selection(paths))).hasSize(10)
			.allSatisfy((hint) -> assertThat(hint).hasSizeLessThan(1001));
	}

	@Test
	void logsEachHintOnce(CapturedOutput output) {
		this.hints.log(null, routes("/owners/{id}"));
		this.hints.log(null, routes("/owners/{id}"));
		this.hints.log("At A", routes("/api/vet"));
		this.hints.log("At A", routes("/api/vet"));
		this.hints.log("At B", routes("/api/vet"));
		this.hints.log(null, routes("/api/vet"));
		assertThat(output.getOut().lines().filter((line) -> line.contains("WARN"))).satisfiesExactly(
				(line) -> assertThat(line).contains("An invalidation was requested: ", "'/owners/{ownerId}'"),
				(line) -> assertThat(line).contains("At A: ", "'/api/vets'"),
				(line) -> assertThat(line).contains("At B: ", "'/api/vets'"));
	}

	private static Selection routes(String route) {
		return new Selection(List.of(), List.of(), List.of(route), List.of());
	}

	private static Selection matching(String pattern) {
		return new Selection(List.of(), List.of(pattern), List.of(), List.of());
	}

}
