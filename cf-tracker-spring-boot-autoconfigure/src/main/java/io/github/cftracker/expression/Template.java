package io.github.cftracker.expression;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

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
 * Text with Spring expressions in <code>#{...}</code>. An expression may have several
 * values: the elements of an {@link Iterable}, an array or a {@link Stream}, also of
 * nested ones. Then the template has as many values, and with several such expressions
 * one for each combination.
 */
public final class Template {

	private static final SpelExpressionParser PARSER = new SpelExpressionParser();

	private static final Set<String> JSON_VALUES = Set.of("tools.jackson.databind.node.ValueNode",
			"com.fasterxml.jackson.databind.node.ValueNode");

	private static final TypeDescriptor STRING = TypeDescriptor.valueOf(String.class);

	private final String text;

	private final List<Expression> parts;

	/**
	 * Parse a template.
	 * @throws org.springframework.expression.ParseException if it is malformed
	 */
	Template(String text) {
		this.text = text;
		Expression expression = PARSER.parseExpression(text, ParserContext.TEMPLATE_EXPRESSION);
		this.parts = (expression instanceof CompositeStringExpression composite) ? List.of(composite.getExpressions())
				: List.of(expression);
	}

	/**
	 * Return the template as it is written.
	 * @return the text
	 */
	public String text() {
		return this.text;
	}

	/**
	 * Return whether the template has no expression, so that its text is its only value.
	 * @return whether it is text alone
	 */
	public boolean isLiteral() {
		return this.parts.stream().allMatch(LiteralExpression.class::isInstance);
	}

	@Nullable String problem(VariableCheck check) {
		return this.parts.stream()
			.filter(SpelExpression.class::isInstance)
			.map((part) -> check.problemOf(((SpelExpression) part).getAST()))
			.filter(Objects::nonNull)
			.findFirst()
			.orElse(null);
	}

	/**
	 * Evaluate the template.
	 * @param context the variables
	 * @param max maximum number of values that are not {@code null}, further ones are
	 * omitted
	 * @return distinct values, and {@code null} if an expression has a value that is
	 * {@code null} or blank
	 * @throws RuntimeException if an expression fails, from whatever it calls
	 */
	public List<@Nullable String> values(EvaluationContext context, int max) {
		List<@Nullable String> values = List.of("");
		for (Expression part : this.parts) {
			if (values.stream().allMatch(Objects::isNull)) {
				// The part may not expect the value that is missing
				return values;
			}
			List<@Nullable String> added = values(part, context, max);
			values = limited(values.stream().flatMap((value) -> added.stream().map((more) -> joined(value, more))),
					max);
		}
		return values;
	}

	private static List<@Nullable String> values(Expression part, EvaluationContext context, int max) {
		return (part instanceof LiteralExpression) ? List.of(part.getExpressionString())
				: limited(elements(part.getValue(context)).map((element) -> text(element, context)), max);
	}

	private static List<@Nullable String> limited(Stream<? extends @Nullable String> values, int max) {
		// One more, because null does not count
		List<@Nullable String> limited = new ArrayList<>(values.distinct().limit(max + 1L).toList());
		if (limited.size() > max && !limited.contains(null)) {
			limited.remove(max);
		}
		return limited;
	}

	/**
	 * Join two parts. Without one of them the other would name something else.
	 */
	private static @Nullable String joined(@Nullable String value, @Nullable String more) {
		return (value != null && more != null) ? value + more : null;
	}

	private static Stream<? extends @Nullable Object> elements(@Nullable Object value) {
		if (value instanceof Optional<?> optional) {
			return elements(optional.orElse(null));
		}
		// The elements of a path are paths, without end
		if (value instanceof Iterable<?> elements && !(value instanceof Path)) {
			checkNoJsonValue(elements);
			return StreamSupport.stream(elements.spliterator(), false).flatMap(Template::elements);
		}
		if (value instanceof Stream<?> elements) {
			return elements.flatMap(Template::elements);
		}
		return ObjectUtils.isArray(value) ? Arrays.stream(ObjectUtils.toObjectArray(value)).flatMap(Template::elements)
				: Stream.of(value);
	}

	/**
	 * Reject a scalar of a JSON tree: it is an iterable without elements, and its text as
	 * an object may be quoted.
	 */
	private static void checkNoJsonValue(Iterable<?> value) {
		for (Class<?> type = value.getClass(); type != null; type = type.getSuperclass()) {
			if (JSON_VALUES.contains(type.getName())) {
				throw new IllegalArgumentException(
						"%s is a JSON value, use its text".formatted(value.getClass().getName()));
			}
		}
	}

	private static @Nullable String text(@Nullable Object value, EvaluationContext context) {
		if (value == null) {
			return null;
		}
		TypeDescriptor type = TypeDescriptor.forObject(value);
		String text = context.getTypeConverter().canConvert(type, STRING)
				? String.valueOf(context.getTypeConverter().convertValue(value, type, STRING)) : value.toString();
		if (text.equals(value.getClass().getName() + "@" + Integer.toHexString(value.hashCode()))) {
			throw new IllegalArgumentException(
					"%s does not override toString(), use a property of it".formatted(value.getClass().getName()));
		}
		return text.isBlank() ? null : text;
	}

}
