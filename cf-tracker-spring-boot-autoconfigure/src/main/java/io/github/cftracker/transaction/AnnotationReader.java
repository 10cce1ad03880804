package io.github.cftracker.transaction;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;

import io.github.cftracker.InvalidRequestException;
import io.github.cftracker.InvalidatesCloudFront;
import org.jspecify.annotations.Nullable;

import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.KotlinDetector;
import org.springframework.core.ParameterNameDiscoverer;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;
import org.springframework.expression.ParseException;

/**
 * Reads and checks what a method says.
 */
final class AnnotationReader {

	private AnnotationReader() {
	}

	/**
	 * Reads the annotations that are nearest to a method, up its class' and interfaces'
	 * hierarchy.
	 * @param method the most specific method
	 * @return what it invalidates, {@code null} if it has no annotation
	 * @throws InvalidAnnotationException if that cannot work
	 */
	static @Nullable AnnotatedMethod read(Method method) {
		return read(method, DefaultParameterNameDiscoverer.getSharedInstance());
	}

	static @Nullable AnnotatedMethod read(Method method, ParameterNameDiscoverer names) {
		MergedAnnotations annotations = MergedAnnotations.from(method, SearchStrategy.TYPE_HIERARCHY);
		MergedAnnotation<InvalidatesCloudFront> nearest = annotations.get(InvalidatesCloudFront.class);
		if (!nearest.isPresent()) {
			return null;
		}
		Method annotated = (nearest.getSource() instanceof Method source) ? source : method;
		Set<String> variables = variables(annotated, names);
		Map<SelectionField, List<SpelTemplate>> templates = new EnumMap<>(SelectionField.class);
		boolean everything = false;
		for (MergedAnnotation<InvalidatesCloudFront> annotation : annotations.stream(InvalidatesCloudFront.class)
			.filter((candidate) -> candidate.getAggregateIndex() == nearest.getAggregateIndex())
			.toList()) {
			everything |= annotation.getBoolean("everything");
			for (SelectionField field : SelectionField.values()) {
				for (String text : annotation.getStringArray(field.attribute())) {
					templates.computeIfAbsent(field, (key) -> new ArrayList<>())
						.add(template(annotated, variables, field, text));
				}
			}
		}
		if (templates.isEmpty() && !everything) {
			throw new InvalidAnnotationException(
					"@InvalidatesCloudFront on %s does not select anything to invalidate"
						.formatted(AnnotatedMethod.name(annotated)),
					"Set 'paths', 'matching', 'routes' or 'tags', or set 'everything = true'.");
		}
		checkReachable(annotated);
		return new AnnotatedMethod(annotated, templates, everything);
	}

	private static SpelTemplate template(Method method, Set<String> variables, SelectionField field, String text) {
		try {
			SpelTemplate template = new SpelTemplate(text);
			if (template.isLiteral()) {
				// Blank ones too
				AnnotatedMethod.request(field, text);
			}
			String problem = template.problem(variables);
			if (problem == null) {
				return template;
			}
			throw invalid(method, field, text, problem);
		}
		catch (ParseException | InvalidRequestException ex) {
			throw invalid(method, field, text, String.valueOf(ex.getMessage()));
		}
	}

	private static Set<String> variables(Method method, ParameterNameDiscoverer discoverer) {
		Set<String> variables = new LinkedHashSet<>();
		@Nullable String[] names = discoverer.getParameterNames(method);
		for (int i = 0; i < method.getParameterCount(); i++) {
			variables.add("#p" + i);
			variables.add("#a" + i);
			// kotlin-reflect omits the last parameter of a suspend function
			if (names != null && i < names.length && names[i] != null) {
				variables.add("#" + names[i]);
			}
		}
		if (method.getReturnType() != void.class) {
			variables.add("#result");
		}
		return variables;
	}

	private static InvalidAnnotationException invalid(Method method, SelectionField field, String text,
			String problem) {
		return new InvalidAnnotationException(
				"@InvalidatesCloudFront(%s) on %s has the invalid value '%s': %s".formatted(field.attribute(),
						AnnotatedMethod.name(method), text, problem),
				"Fix the template. If the parameter names are missing, compile with '-parameters', or Kotlin with '-java-parameters'.");
	}

	private static void checkReachable(Method method) {
		if (Modifier.isPrivate(method.getModifiers()) || Modifier.isStatic(method.getModifiers())) {
			throw new InvalidAnnotationException(
					"@InvalidatesCloudFront on %s has no effect: calls of a private or static method bypass the proxy"
						.formatted(AnnotatedMethod.name(method)),
					"Move the annotation to a method that other beans call.");
		}
		if (KotlinDetector.isSuspendingFunction(method) || isReactive(method.getReturnType())) {
			throw new InvalidAnnotationException(
					"@InvalidatesCloudFront on %s would invalidate too early: the method returns before its reactive result is complete"
						.formatted(AnnotatedMethod.name(method)),
					"Inject an AfterCommitInvalidator and call it at the end of the pipeline.");
		}
	}

	private static boolean isReactive(Class<?> type) {
		return !CompletionStage.class.isAssignableFrom(type)
				&& ReactiveAdapterRegistry.getSharedInstance().getAdapter(type) != null;
	}

}
