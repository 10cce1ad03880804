package io.github.cftracker.expression;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.expression.spel.support.StandardEvaluationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class TemplateTests {

	@Test
	void makesValueForEachElement() {
		assertThat(values("a:#{#x}", List.of("1", "2", "1"))).containsExactly("a:1", "a:2");
		assertThat(values("#{#x}", new int[] { 1, 2 })).containsExactly("1", "2");
		assertThat(values("a:#{#x}", Stream.of(Optional.of("1"), List.of("2", List.of("3"))))).containsExactly("a:1",
				"a:2", "a:3");
	}

	@Test
	void makesValueForEachCombination() {
		assertThat(values("#{#x}-#{#x}", List.of("1", "2"))).containsExactly("1-1", "1-2", "2-1", "2-2");
	}

	@Test
	void hasNoValueIfAnExpressionHasNone() {
		assertThat(values("a:#{#x}:#{'b'}", List.of())).isEmpty();
		assertThat(values("#{#x}", Stream.empty())).isEmpty();
	}

	@Test
	void replacesValueWithNullOrBlankPart() {
		assertThat(values("a:#{#x}", Arrays.asList(null, " ", "1"))).containsExactly(null, "a:1");
		assertThat(values("a:#{#x}", Optional.empty())).containsOnlyNulls();
	}

	@Test
	void keepsNoMoreValuesThanAllowed() {
		List<String> many = IntStream.range(0, 10_000).mapToObj(String::valueOf).toList();
		assertThat(values("#{#x}.#{#x}.#{#x}", many)).hasSize(100).doesNotHaveDuplicates();
		assertThat(values("#{#x}", Stream.iterate(1, (i) -> i + 1))).hasSize(100);
	}

	@Test
	void countsNoNullValue() {
		List<String> many = new ArrayList<>(IntStream.range(0, 10_000).mapToObj(String::valueOf).toList());
		many.add(0, null);
		assertThat(values("a:#{#x}", many)).hasSize(101).containsOnlyOnce((String) null).contains("a:99");
		assertThat(values("#{#x}.#{#x}", many)).hasSize(101).containsOnlyOnce((String) null);
	}

	@Test
	void evaluatesNoFurtherPartAfterNull() {
		assertThat(values("a:#{#x}:#{#x.name}", null)).containsOnlyNulls();
	}

	@ParameterizedTest
	@ValueSource(strings = { "7", "\"shoes\"", "null", "true", "[\"a\"]" })
	void rejectsJsonValue(String json) {
		assertThatIllegalArgumentException().isThrownBy(() -> values("a:#{#x}", JsonMapper.shared().readTree(json)))
			.withMessageMatching("tools\\.jackson\\..*Node is a JSON value, use its text");
		assertThat(values("a:#{#x.stringValue()}", JsonMapper.shared().readTree("\"shoes\"")))
			.containsExactly("a:shoes");
		assertThat(values("a:#{#x}", JsonMapper.shared().readTree("[]"))).isEmpty();
	}

	@Test
	void rejectsObjectWithoutText() {
		assertThatIllegalArgumentException().isThrownBy(() -> values("#{#x}", new Unnamed()))
			.withMessage(Unnamed.class.getName() + " does not override toString(), use a property of it");
	}

	@Test
	void rejectsUnknownVariable() {
		assertThatIllegalArgumentException().isThrownBy(() -> values("#{#y}", 1))
			.withMessage("Variable '#y' does not exist, use one of [x]");
	}

	@Test
	void isLiteralWithoutExpression() {
		assertThat(new Template("a").isLiteral()).isTrue();
		assertThat(new Template("").isLiteral()).isTrue();
		assertThat(new Template("#{'a'}").isLiteral()).isFalse();
		assertThat(new Template("a:#{'a'}").isLiteral()).isFalse();
	}

	private static List<String> values(String template, Object x) {
		return new Template(template)
			.values(new TemplateContext(Collections.singletonMap("x", x), new StandardEvaluationContext()), 100);
	}

	private static final class Unnamed {

		@Override
		public boolean equals(Object other) {
			return other instanceof Unnamed;
		}

		@Override
		public int hashCode() {
			return 7;
		}

	}

}
