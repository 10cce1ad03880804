package io.github.cftracker.transaction;

import java.lang.reflect.Method;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;

import io.github.cftracker.InvalidRequestException;
import io.github.cftracker.InvalidationRequest;
import io.github.cftracker.Selection;
import io.github.cftracker.expression.MethodVariables;
import io.github.cftracker.expression.Template;
import io.github.cftracker.run.RunPlanner;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.expression.EvaluationContext;

/**
 * Method with its templates.
 *
 * @param method the method that has the annotation
 * @param variables the variables of its templates
 * @param templates the templates by attribute
 * @param everything whether it invalidates everything
 */
record AnnotatedMethod(Method method, MethodVariables variables, Map<SelectionField, List<Template>> templates,
		boolean everything) {

	private static final Logger logger = LoggerFactory.getLogger(AnnotatedMethod.class);

	AnnotatedMethod {
		templates = new EnumMap<>(templates);
	}

	/**
	 * Evaluate all templates. If one fails, the others still count.
	 * @param context the variables and beans
	 * @param planner checks what is selected, {@code null} for no check
	 * @return the request, {@code null} if there is nothing to invalidate
	 */
	@Nullable InvalidationRequest request(EvaluationContext context, @Nullable RunPlanner planner) {
		if (this.everything) {
			return InvalidationRequest.ofEverything();
		}
		RequestUnion union = new RequestUnion(InvalidationRequest.MAX_VALUES);
		this.templates.forEach(
				(field, templates) -> templates.forEach((template) -> add(union, field, template, context, planner)));
		return union.toRequest();
	}

	private void add(RequestUnion union, SelectionField field, Template template, EvaluationContext context,
			@Nullable RunPlanner planner) {
		try {
			List<@Nullable String> values = template.values(context, InvalidationRequest.MAX_VALUES + 1);
			if (values.stream().filter(Objects::nonNull).count() > InvalidationRequest.MAX_VALUES) {
				logger.warn("{}: '{}' evaluated to more than {} values: everything is invalidated instead", at(field),
						template.text(), InvalidationRequest.MAX_VALUES);
				union.add(InvalidationRequest.ofEverything());
				return;
			}
			for (String value : values) {
				if (value == null) {
					logger.warn("{}: '{}' evaluated to a null or blank value, which is ignored", at(field),
							template.text());
				}
				else {
					add(union, field, template, value, planner);
				}
			}
		}
		catch (RuntimeException | Error ex) {
			logger.error(
					"{}: '{}' could not be evaluated, nothing was invalidated for it: {}. "
							+ "Fix the expression and invalidate the changed pages manually",
					at(field), template.text(), Objects.requireNonNullElse(ex.getMessage(), ex.toString()));
			logger.debug("Could not evaluate an expression", ex);
		}
	}

	private void add(RequestUnion union, SelectionField field, Template template, String value,
			@Nullable RunPlanner planner) {
		try {
			InvalidationRequest request = field.request(value);
			if (planner != null) {
				planner.selections().check(request.selection());
			}
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
			.filter(Template::isLiteral)
			.forEach((template) -> action.accept(at(field), field.request(template.text()).selection())));
	}

	private String at(SelectionField field) {
		return "%s on %s".formatted(field.annotation(), this.variables.methodName());
	}

}
