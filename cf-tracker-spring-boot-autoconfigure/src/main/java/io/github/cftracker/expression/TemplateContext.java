package io.github.cftracker.expression;

import java.util.Map;
import java.util.TreeSet;

import org.jspecify.annotations.Nullable;

import org.springframework.expression.spel.support.StandardEvaluationContext;

/**
 * Variables and beans for one evaluation. An unknown variable is an error and not
 * {@code null} as elsewhere in SpEL: a misspelled name would silently omit a value.
 */
public final class TemplateContext extends StandardEvaluationContext {

	private final Map<String, @Nullable Object> variables;

	/**
	 * Create a context.
	 * @param variables the variables by name, without {@code #}
	 * @param shared provides the beans and caches for all evaluations
	 */
	public TemplateContext(Map<String, @Nullable Object> variables, StandardEvaluationContext shared) {
		this.variables = variables;
		shared.applyDelegatesTo(this);
	}

	@Override
	public @Nullable Object lookupVariable(String name) {
		if (!this.variables.containsKey(name)) {
			throw new IllegalArgumentException("Variable '#%s' does not exist, use one of %s".formatted(name,
					new TreeSet<>(this.variables.keySet())));
		}
		return this.variables.get(name);
	}

}
