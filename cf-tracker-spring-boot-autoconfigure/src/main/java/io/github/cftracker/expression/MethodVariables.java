package io.github.cftracker.expression;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.core.ParameterNameDiscoverer;
import org.springframework.expression.ParseException;

/**
 * Variables that the templates of a method have: its parameters by position ({@code #p0},
 * {@code #a0}) and by name, and {@code #result} if it returns something.
 */
public final class MethodVariables {

	private static final String RESULT = "result";

	private final Method method;

	private final @Nullable String[] names;

	/**
	 * Create the variables of a method.
	 * @param method the method
	 * @param discoverer finds the names of its parameters
	 */
	public MethodVariables(Method method, ParameterNameDiscoverer discoverer) {
		this.method = method;
		@Nullable String[] names = discoverer.getParameterNames(method);
		// kotlin-reflect omits the last parameter of a suspend function, the continuation
		this.names = Arrays.copyOf((names != null) ? names : new String[0], method.getParameterCount());
	}

	/**
	 * Parse and check a template.
	 * @param annotation where it is, such as {@code @CacheTags}
	 * @param text the text
	 * @param complete whether there are no further variables than these and the others
	 * @param others the names of other variables
	 * @return the template
	 * @throws InvalidAnnotationException if it is malformed, or names an unknown variable
	 */
	public Template parse(String annotation, String text, boolean complete, String... others) {
		try {
			Template template = new Template(text);
			Set<String> names = new LinkedHashSet<>();
			values(new Object[this.names.length], null).keySet().forEach((name) -> names.add('#' + name));
			Arrays.stream(others).forEach((name) -> names.add('#' + name));
			String problem = template.problem(new VariableCheck(names, complete));
			if (problem == null) {
				return template;
			}
			throw invalid(annotation, text, problem);
		}
		catch (ParseException ex) {
			throw invalid(annotation, text, String.valueOf(ex.getMessage()));
		}
	}

	/**
	 * Create the exception for a template that cannot work.
	 * @param annotation where it is
	 * @param text the text
	 * @param problem what is wrong with it
	 * @return the exception
	 */
	public InvalidAnnotationException invalid(String annotation, String text, String problem) {
		return new InvalidAnnotationException(
				"%s on %s has the invalid value '%s': %s".formatted(annotation, methodName(), text, problem),
				"Fix the template. If the parameter names are missing, compile with '-parameters', or Kotlin with '-java-parameters'.");
	}

	/**
	 * Return the values of the variables for one call.
	 * @param arguments the arguments of the call
	 * @param result what it returned
	 * @return the values by name, to be changed by the caller
	 */
	public Map<String, @Nullable Object> values(@Nullable Object[] arguments, @Nullable Object result) {
		Map<String, @Nullable Object> values = new LinkedHashMap<>();
		for (int i = 0; i < this.names.length; i++) {
			values.put("p" + i, arguments[i]);
			values.put("a" + i, arguments[i]);
		}
		for (int i = 0; i < this.names.length; i++) {
			String name = this.names[i];
			if (name != null) {
				values.put(name, arguments[i]);
			}
		}
		if (this.method.getReturnType() != void.class) {
			values.put(RESULT, result);
		}
		return values;
	}

	/**
	 * Return the name of the method, with its class.
	 * @return the name
	 */
	public String methodName() {
		return "%s.%s()".formatted(this.method.getDeclaringClass().getName(), this.method.getName());
	}

}
