package io.github.cftracker.transaction;

import java.lang.reflect.Method;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

import io.github.cftracker.InvalidRequestException;
import io.github.cftracker.InvalidatesCloudFront;
import io.github.cftracker.InvalidationRequest;
import io.github.cftracker.Selection;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.expression.EvaluationContext;

/**
 * What a method invalidates.
 *
 * @param method the method that has the annotation
 * @param templates what is named, by field
 * @param everything whether it is everything
 */
record AnnotatedMethod(Method method, Map<SelectionField, List<SpelTemplate>> templates, boolean everything) {

	private static final Logger logger = LoggerFactory.getLogger(InvalidatesCloudFront.class);

	AnnotatedMethod {
		templates = new EnumMap<>(templates);
	}

	/**
	 * Evaluates all templates. Of what goes wrong the rest is not affected.
	 * @param context the arguments and the result
	 * @param check throws {@link InvalidRequestException} for what cannot be selected
	 * @return the request, {@code null} if there is nothing to invalidate
	 */
	@Nullable InvalidationRequest request(EvaluationContext context, Consumer<Selection> check) {
		if (this.everything) {
			return InvalidationRequest.ofEverything();
		}
		RequestUnion union = new RequestUnion(InvalidationRequest.MAX_VALUES);
		this.templates.forEach(
				(field, templates) -> templates.forEach((template) -> add(union, field, template, context, check)));
		return union.toRequest();
	}

	private void add(RequestUnion union, SelectionField field, SpelTemplate template, EvaluationContext context,
			Consumer<Selection> check) {
		try {
			for (String value : template.values(context)) {
				if (value == null) {
					logger.warn("{}: '{}' evaluated to a null or blank value, which is ignored", at(field),
							template.text());
				}
				else {
					add(union, field, template, value, check);
				}
			}
		}
		catch (RuntimeException ex) {
			logger.error(
					"{}: '{}' could not be evaluated, nothing was invalidated for it: {}. "
							+ "Fix the expression and invalidate the changed pages manually",
					at(field), template.text(), ex.getMessage());
			logger.debug("Could not evaluate an expression", ex);
		}
	}

	private void add(RequestUnion union, SelectionField field, SpelTemplate template, String value,
			Consumer<Selection> check) {
		try {
			InvalidationRequest request = request(field, value);
			check.accept(request.selection());
			union.add(request);
		}
		catch (InvalidRequestException ex) {
			logger.error("{}: '{}' evaluated to an invalid value, nothing was invalidated for it: {}", at(field),
					template.text(), ex.getMessage());
		}
	}

	/**
	 * Visit what is selected without an expression.
	 * @param action takes the place in the source and the selection
	 */
	void forEachLiteral(BiConsumer<String, Selection> action) {
		this.templates.forEach((field, templates) -> templates.stream()
			.filter(SpelTemplate::isLiteral)
			.forEach((template) -> action.accept(at(field), request(field, template.text()).selection())));
	}

	static InvalidationRequest request(SelectionField field, String value) {
		InvalidationRequest.Builder request = InvalidationRequest.builder();
		field.add(request, Set.of(value));
		return request.build();
	}

	private String at(SelectionField field) {
		return "@InvalidatesCloudFront(%s) on %s".formatted(field.attribute(), name(this.method));
	}

	static String name(Method method) {
		return "%s.%s()".formatted(method.getDeclaringClass().getName(), method.getName());
	}

}
