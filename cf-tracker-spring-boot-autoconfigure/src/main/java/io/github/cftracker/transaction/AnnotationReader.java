package io.github.cftracker.transaction;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;

import io.github.cftracker.InvalidRequestException;
import io.github.cftracker.InvalidatesCloudFront;
import io.github.cftracker.expression.InvalidAnnotationException;
import io.github.cftracker.expression.MethodVariables;
import io.github.cftracker.expression.Template;
import org.jspecify.annotations.Nullable;

import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.KotlinDetector;
import org.springframework.core.ParameterNameDiscoverer;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.core.annotation.MergedAnnotations.SearchStrategy;

/**
 * Reader that checks the annotations of a method.
 */
final class AnnotationReader {

	private AnnotationReader() {
	}

	/**
	 * Read the annotations that are nearest to a method, up the hierarchy of its class
	 * and interfaces.
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
		MethodVariables variables = new MethodVariables(annotated, names);
		Map<SelectionField, List<Template>> templates = new EnumMap<>(SelectionField.class);
		boolean everything = false;
		for (MergedAnnotation<InvalidatesCloudFront> annotation : annotations.stream(InvalidatesCloudFront.class)
			.filter((candidate) -> candidate.getAggregateIndex() == nearest.getAggregateIndex())
			.toList()) {
			everything |= annotation.getBoolean("everything");
			for (SelectionField field : SelectionField.values()) {
				for (String text : annotation.getStringArray(field.attribute())) {
					templates.computeIfAbsent(field, (key) -> new ArrayList<>()).add(template(variables, field, text));
				}
			}
		}
		if (templates.isEmpty() && !everything) {
			throw new InvalidAnnotationException(
					"@InvalidatesCloudFront on %s does not select anything to invalidate"
						.formatted(variables.methodName()),
					"Set 'paths', 'matching', 'routes' or 'tags', or set 'everything = true'.");
		}
		checkReachable(annotated, variables.methodName());
		return new AnnotatedMethod(annotated, variables, templates, everything);
	}

	private static Template template(MethodVariables variables, SelectionField field, String text) {
		Template template = variables.parse(field.annotation(), text, true);
		if (template.isLiteral()) {
			try {
				// Blank ones too
				field.request(text);
			}
			catch (InvalidRequestException ex) {
				throw variables.invalid(field.annotation(), text, String.valueOf(ex.getMessage()));
			}
		}
		return template;
	}

	private static void checkReachable(Method method, String name) {
		if (Modifier.isPrivate(method.getModifiers()) || Modifier.isStatic(method.getModifiers())) {
			throw new InvalidAnnotationException(
					"@InvalidatesCloudFront on %s has no effect: calls of a private or static method bypass the proxy"
						.formatted(name),
					"Move the annotation to a method that other beans call.");
		}
		if (KotlinDetector.isSuspendingFunction(method) || isReactive(method.getReturnType())) {
			throw new InvalidAnnotationException(
					"@InvalidatesCloudFront on %s would invalidate too early: the method returns before its reactive result is complete"
						.formatted(name),
					"Inject an AfterCommitInvalidator and call it at the end of the pipeline.");
		}
	}

	private static boolean isReactive(Class<?> type) {
		return !CompletionStage.class.isAssignableFrom(type)
				&& ReactiveAdapterRegistry.getSharedInstance().getAdapter(type) != null;
	}

}
