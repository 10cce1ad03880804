package io.github.cftracker.web;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

import io.github.cftracker.CacheTags;
import io.github.cftracker.recording.KnownTags;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.ParameterNameDiscoverer;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.expression.EvaluationContext;
import org.springframework.expression.Expression;
import org.springframework.expression.ParseException;
import org.springframework.expression.ParserContext;
import org.springframework.expression.common.CompositeStringExpression;
import org.springframework.expression.common.LiteralExpression;
import org.springframework.expression.spel.standard.SpelExpressionParser;
import org.springframework.util.ObjectUtils;

/**
 * The {@link CacheTags} of one handler method.
 */
final class TagTemplates {

	private static final Logger logger = LoggerFactory.getLogger(CacheTags.class);

	private static final SpelExpressionParser PARSER = new SpelExpressionParser();

	private final AtomicBoolean failed = new AtomicBoolean();

	private final Method method;

	private final @Nullable String[] names;

	private final List<Expression> templates;

	private TagTemplates(Method method, @Nullable String[] names, List<Expression> templates) {
		this.method = method;
		this.names = names;
		this.templates = templates;
	}

	/**
	 * Read the annotation of a method.
	 * @param method the handler method
	 * @return the templates, {@code null} if it has none
	 * @throws IllegalStateException if one is malformed
	 */
	static @Nullable TagTemplates of(Method method) {
		return of(method, DefaultParameterNameDiscoverer.getSharedInstance());
	}

	static @Nullable TagTemplates of(Method method, ParameterNameDiscoverer names) {
		CacheTags annotation = AnnotatedElementUtils.findMergedAnnotation(method, CacheTags.class);
		return (annotation == null) ? null : new TagTemplates(method, names(method, names),
				Stream.of(annotation.value()).map((template) -> parse(template, method)).toList());
	}

	private static @Nullable String[] names(Method method, ParameterNameDiscoverer discoverer) {
		@Nullable String[] names = discoverer.getParameterNames(method);
		// kotlin-reflect omits the last parameter of a suspend function, the continuation
		return Arrays.copyOf((names != null) ? names : new String[0], method.getParameterCount());
	}

	private static Expression parse(String template, Method method) {
		try {
			return PARSER.parseExpression(template, ParserContext.TEMPLATE_EXPRESSION);
		}
		catch (ParseException ex) {
			throw new IllegalStateException(
					"@CacheTags on '%s' has '%s', which cannot be parsed: %s. Use text with expressions in '#{...}', such as 'product:#{#id}'."
						.formatted(method.toGenericString(), template, ex.getMessage()),
					ex);
		}
	}

	/**
	 * Makes the tags of a response.
	 * @param arguments what the method was called with
	 * @param model the model
	 * @param result what it returned
	 * @return the tags, with duplicates and blank ones
	 */
	List<String> evaluate(@Nullable Object[] arguments, Map<String, ?> model, @Nullable Object result) {
		Map<String, @Nullable Object> variables = new LinkedHashMap<>(model);
		for (int i = 0; i < arguments.length; i++) {
			String name = this.names[i];
			if (name != null) {
				variables.put(name, arguments[i]);
			}
		}
		TagVariables context = new TagVariables(variables, model, result);
		return this.templates.stream().flatMap((template) -> evaluate(template, context)).toList();
	}

	private Stream<String> evaluate(Expression template, EvaluationContext context) {
		try {
			return tags(template, context).stream();
		}
		catch (RuntimeException ex) {
			logger.debug("Could not evaluate cache tag '{}' of {}", template.getExpressionString(), this.method, ex);
			if (this.failed.compareAndSet(false, true)) {
				logger.warn(
						"Cache tag '{}' of '{}' could not be evaluated and is omitted: {}. Fix the expression in @CacheTags. Further failures of this method are logged at DEBUG",
						template.getExpressionString(), this.method.toGenericString(), ex.getMessage());
			}
			return Stream.empty();
		}
	}

	private static List<String> tags(Expression template, EvaluationContext context) {
		if (!(template instanceof CompositeStringExpression composite)) {
			return values(template, context);
		}
		List<String> tags = List.of("");
		for (Expression part : composite.getExpressions()) {
			List<String> values = values(part, context);
			tags = bounded(tags.stream().flatMap((tag) -> values.stream().map(tag::concat)));
		}
		return tags;
	}

	private static List<String> values(Expression part, EvaluationContext context) {
		return (part instanceof LiteralExpression) ? List.of(part.getExpressionString())
				: bounded(elements(ObjectUtils.unwrapOptional(part.getValue(context))).filter(Objects::nonNull)
					.map(String::valueOf)
					.filter((value) -> !value.isBlank()));
	}

	private static Stream<? extends @Nullable Object> elements(@Nullable Object value) {
		if (value instanceof Collection<?> collection) {
			return collection.stream();
		}
		return ObjectUtils.isArray(value) ? Arrays.stream(ObjectUtils.toObjectArray(value)) : Stream.of(value);
	}

	/**
	 * One more than are kept says that there are more.
	 */
	private static List<String> bounded(Stream<String> values) {
		return values.distinct().limit(KnownTags.MAX + 1L).toList();
	}

}
