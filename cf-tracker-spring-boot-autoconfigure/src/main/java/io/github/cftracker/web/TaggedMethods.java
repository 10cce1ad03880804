package io.github.cftracker.web;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import io.github.cftracker.CacheTags;
import io.github.cftracker.expression.InvalidAnnotationException;
import io.github.cftracker.expression.MethodVariables;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.ApplicationContext;
import org.springframework.context.expression.BeanFactoryResolver;
import org.springframework.core.DefaultParameterNameDiscoverer;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.expression.spel.support.StandardEvaluationContext;
import org.springframework.web.method.HandlerMethod;

/**
 * Registry of the handler methods that have {@link CacheTags}. It is asked at every
 * request, so it also remembers the methods that have none.
 */
final class TaggedMethods {

	private static final Logger logger = LoggerFactory.getLogger(TaggedMethods.class);

	private final Map<Method, Optional<TagTemplates>> known = new ConcurrentHashMap<>();

	private final StandardEvaluationContext shared = new StandardEvaluationContext();

	private final HandlerModels models;

	private volatile boolean any;

	TaggedMethods(ApplicationContext context) {
		this.models = new HandlerModels(context);
		this.shared.setBeanResolver(new BeanFactoryResolver(context));
	}

	/**
	 * Add a method.
	 * @throws InvalidAnnotationException if one of its templates cannot work
	 */
	void add(HandlerMethod handler) {
		CacheTags annotation = annotation(handler.getMethod());
		this.known.put(handler.getMethod(), (annotation == null) ? Optional.empty()
				: Optional.of(read(handler.getMethod(), annotation, this.models.hasNoAttributes(handler))));
	}

	/**
	 * Return whether any known method has tags. Most applications have none.
	 */
	boolean any() {
		return this.any;
	}

	@Nullable TagTemplates of(@Nullable Method method) {
		if (method == null) {
			return null;
		}
		Optional<TagTemplates> templates = this.known.get(method);
		return ((templates != null) ? templates : this.known.computeIfAbsent(method, this::addedLater)).orElse(null);
	}

	private Optional<TagTemplates> addedLater(Method method) {
		CacheTags annotation = annotation(method);
		try {
			return (annotation == null) ? Optional.empty() : Optional.of(read(method, annotation, false));
		}
		catch (InvalidAnnotationException ex) {
			// The application has started, and the page must not fail
			logger.warn("{}. {}", ex.getMessage(), ex.action());
			return Optional.empty();
		}
	}

	private TagTemplates read(Method method, CacheTags annotation, boolean complete) {
		TagTemplates templates = new TagTemplates(annotation,
				new MethodVariables(method, DefaultParameterNameDiscoverer.getSharedInstance()), complete, this.shared);
		this.any = true;
		return templates;
	}

	private static @Nullable CacheTags annotation(Method method) {
		return AnnotatedElementUtils.findMergedAnnotation(method, CacheTags.class);
	}

}
