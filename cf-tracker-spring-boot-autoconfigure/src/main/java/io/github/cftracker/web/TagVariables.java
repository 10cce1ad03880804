package io.github.cftracker.web;

import java.util.Map;
import java.util.TreeSet;

import io.github.cftracker.CacheTags;
import org.jspecify.annotations.Nullable;

import org.springframework.expression.spel.support.StandardEvaluationContext;
import org.springframework.ui.Model;

/**
 * The variables of {@link CacheTags}. One that is not there is an error, and not
 * {@code null} as elsewhere in SpEL: a misspelled name would mean pages without tags in
 * silence.
 */
final class TagVariables extends StandardEvaluationContext {

	private static final String MODEL = "model";

	private final Map<String, @Nullable Object> variables;

	/**
	 * Create variables.
	 * @param variables attributes of the model and parameters, which are added to
	 * @param model the whole model
	 * @param result what the method returned
	 */
	TagVariables(Map<String, @Nullable Object> variables, Map<String, ?> model, @Nullable Object result) {
		this.variables = variables;
		if (!variables.containsKey(MODEL) || variables.get(MODEL) instanceof Model) {
			variables.put(MODEL, model);
		}
		variables.put("result", result);
	}

	@Override
	public @Nullable Object lookupVariable(String name) {
		if (!this.variables.containsKey(name)) {
			throw new IllegalStateException("Variable '#%s' does not exist, use one of %s".formatted(name,
					new TreeSet<>(this.variables.keySet())));
		}
		return this.variables.get(name);
	}

}
