package io.github.cftracker.transaction;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

import org.springframework.core.convert.TypeDescriptor;
import org.springframework.expression.EvaluationContext;
import org.springframework.expression.Expression;
import org.springframework.expression.ParserContext;
import org.springframework.expression.common.CompositeStringExpression;
import org.springframework.expression.common.LiteralExpression;
import org.springframework.expression.spel.standard.SpelExpression;
import org.springframework.expression.spel.standard.SpelExpressionParser;
import org.springframework.util.ObjectUtils;

/**
 * Text with expressions in it.
 */
final class SpelTemplate {

	private static final SpelExpressionParser PARSER = new SpelExpressionParser();

	private final String text;

	private final Expression expression;

	/**
	 * Parse a template.
	 * @throws org.springframework.expression.ParseException if it is malformed
	 */
	SpelTemplate(String text) {
		this.text = text;
		this.expression = PARSER.parseExpression(text, ParserContext.TEMPLATE_EXPRESSION);
	}

	String text() {
		return this.text;
	}

	boolean isLiteral() {
		return this.expression instanceof LiteralExpression;
	}

	/**
	 * What keeps it from working.
	 * @param variables which ones there are
	 * @return the problem, {@code null} if none is known
	 */
	@Nullable String problem(Set<String> variables) {
		return parts().stream()
			.filter(SpelExpression.class::isInstance)
			.map((part) -> new SpelVariableCheck(variables).problemOf(((SpelExpression) part).getAST()))
			.filter((problem) -> problem != null)
			.findFirst()
			.orElse(null);
	}

	private List<Expression> parts() {
		return (this.expression instanceof CompositeStringExpression composite) ? List.of(composite.getExpressions())
				: List.of(this.expression);
	}

	/**
	 * Evaluates it.
	 * @return the values; {@code null} for each one that is null or blank
	 * @throws RuntimeException if that fails, from whatever it calls
	 */
	List<@Nullable String> values(EvaluationContext context) {
		List<@Nullable String> values = new ArrayList<>();
		if (this.expression instanceof CompositeStringExpression composite) {
			values.add(joined(composite, context));
		}
		else {
			add(values, this.expression.getValue(context), context);
		}
		return values;
	}

	/**
	 * A part that is missing would leave a prefix, which names something else.
	 */
	private static @Nullable String joined(CompositeStringExpression composite, EvaluationContext context) {
		StringBuilder joined = new StringBuilder();
		for (Expression part : composite.getExpressions()) {
			Object value = part.getValue(context);
			if (elements(value) != null) {
				throw new IllegalArgumentException(
						"#{%s} has several values and must be the whole template, as in #{%1$s.!['text' + #this]}"
							.formatted(part.getExpressionString()));
			}
			String string = string(value, context);
			if (string == null || (string.isBlank() && !(part instanceof LiteralExpression))) {
				return null;
			}
			joined.append(string);
		}
		return joined.toString().isBlank() ? null : joined.toString();
	}

	private static void add(List<@Nullable String> values, @Nullable Object value, EvaluationContext context) {
		Iterable<?> elements = elements(value);
		if (elements != null) {
			elements.forEach((element) -> add(values, element, context));
			return;
		}
		String string = string(value, context);
		values.add((string == null || string.isBlank()) ? null : string);
	}

	private static @Nullable Iterable<?> elements(@Nullable Object value) {
		if (value instanceof Iterable<?> elements) {
			return elements;
		}
		if (value instanceof Stream<?> stream) {
			return stream.toList();
		}
		return (value != null && value.getClass().isArray()) ? Arrays.asList(ObjectUtils.toObjectArray(value)) : null;
	}

	private static @Nullable String string(@Nullable Object value, EvaluationContext context) {
		Object present = ObjectUtils.unwrapOptional(value);
		return (present == null) ? null : (String) context.getTypeConverter()
			.convertValue(present, TypeDescriptor.forObject(present), TypeDescriptor.valueOf(String.class));
	}

}
