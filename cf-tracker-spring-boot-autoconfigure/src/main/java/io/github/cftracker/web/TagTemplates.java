package io.github.cftracker.web;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

import io.github.cftracker.CacheTags;
import io.github.cftracker.expression.MethodVariables;
import io.github.cftracker.expression.Template;
import io.github.cftracker.expression.TemplateContext;
import io.github.cftracker.recording.KnownTags;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.expression.EvaluationContext;
import org.springframework.expression.spel.support.StandardEvaluationContext;
import org.springframework.ui.Model;

/**
 * Templates of the {@link CacheTags} of one handler method.
 */
final class TagTemplates {

	private static final Logger logger = LoggerFactory.getLogger(TagTemplates.class);

	private static final String MODEL = "model";

	private final AtomicBoolean failed = new AtomicBoolean();

	private final MethodVariables variables;

	private final List<Template> templates;

	private final StandardEvaluationContext shared;

	/**
	 * Parse the templates of an annotation.
	 * @param annotation the annotation
	 * @param variables the variables of the method
	 * @param complete whether the model has no attributes
	 * @param shared provides the beans
	 * @throws io.github.cftracker.expression.InvalidAnnotationException if a template
	 * cannot work
	 */
	TagTemplates(CacheTags annotation, MethodVariables variables, boolean complete, StandardEvaluationContext shared) {
		this.variables = variables;
		this.templates = Stream.of(annotation.value())
			.map((text) -> variables.parse("@CacheTags", text, complete, MODEL))
			.toList();
		this.shared = shared;
	}

	/**
	 * Return the tags of a response. A template that cannot be evaluated has none.
	 * @param arguments the arguments of the method
	 * @param model the model
	 * @param result what the method returned
	 * @return the tags, with duplicates
	 */
	List<String> evaluate(@Nullable Object[] arguments, Map<String, ?> model, @Nullable Object result) {
		Map<String, @Nullable Object> values = new LinkedHashMap<>(model);
		values.putAll(this.variables.values(arguments, result));
		if (!values.containsKey(MODEL) || values.get(MODEL) instanceof Model) {
			values.put(MODEL, model);
		}
		TemplateContext context = new TemplateContext(values, this.shared);
		return this.templates.stream().flatMap((template) -> evaluate(template, context)).toList();
	}

	private Stream<String> evaluate(Template template, EvaluationContext context) {
		try {
			// One more than are kept shows that there are more
			return template.values(context, KnownTags.MAX + 1).stream().filter(Objects::nonNull);
		}
		catch (RuntimeException | Error ex) {
			logger.debug("Could not evaluate cache tag '{}' of {}", template.text(), this.variables.methodName(), ex);
			if (this.failed.compareAndSet(false, true)) {
				logger.warn(
						"Cache tag '{}' of '{}' could not be evaluated and is omitted: {}. Fix the expression in @CacheTags. Further failures of this method are logged at DEBUG",
						template.text(), this.variables.methodName(),
						Objects.requireNonNullElse(ex.getMessage(), ex.toString()));
			}
			return Stream.empty();
		}
	}

}
