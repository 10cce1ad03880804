package io.github.cftracker.web;

import java.lang.reflect.Method;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;

import io.github.cftracker.CacheTags;
import jakarta.servlet.ServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodParameter;
import org.springframework.core.ReactiveAdapter;
import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.ui.Model;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.context.request.async.WebAsyncTask;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.ModelAndView;

/**
 * Call of a handler method that has {@link CacheTags}. It is an attribute of the request
 * until the response is complete, which may be in another dispatch.
 */
final class TaggedCall {

	private static final String CALL = TaggedCall.class.getName();

	private final Method method;

	private final TagTemplates templates;

	private final CollectedTags tags;

	private final @Nullable TaggedCall outer;

	private final @Nullable Object[] arguments;

	private @Nullable ModelAndViewContainer container;

	private boolean evaluated;

	private TaggedCall(Method method, TagTemplates templates, CollectedTags tags, @Nullable TaggedCall outer) {
		this.method = method;
		this.templates = templates;
		this.tags = tags;
		this.outer = outer;
		this.arguments = new Object[method.getParameterCount()];
	}

	static void begin(ServletRequest request, Method method, TagTemplates templates, CollectedTags tags) {
		request.setAttribute(CALL, new TaggedCall(method, templates, tags, (TaggedCall) request.getAttribute(CALL)));
	}

	static @Nullable TaggedCall of(ServletRequest request, @Nullable Method method) {
		if (method == null) {
			return null;
		}
		TaggedCall call = (TaggedCall) request.getAttribute(CALL);
		return (call != null && call.method.equals(method)) ? call : null;
	}

	static @Nullable TaggedCall of(NativeWebRequest request, MethodParameter parameter) {
		ServletRequest received = request.getNativeRequest(ServletRequest.class);
		return (received != null) ? of(received, parameter.getMethod()) : null;
	}

	/**
	 * Resume the call that has forwarded to this one, if there is one.
	 */
	void end(ServletRequest request) {
		request.setAttribute(CALL, this.outer);
	}

	void resolved(int index, @Nullable Object argument, @Nullable ModelAndViewContainer container) {
		this.arguments[index] = argument;
		this.container = container;
	}

	/**
	 * Add the tags, unless the result is not available yet.
	 */
	void returned(@Nullable Object result, @Nullable ModelAndViewContainer container) {
		if (!this.evaluated && !isPending(result)) {
			this.evaluated = true;
			this.tags.add(this.templates.evaluate(this.arguments,
					model((container != null) ? container : this.container, result), result));
		}
	}

	private static boolean isPending(@Nullable Object result) {
		if (result == null || result instanceof Callable || result instanceof WebAsyncTask
				|| result instanceof DeferredResult || result instanceof CompletionStage) {
			return result != null;
		}
		ReactiveAdapter adapter = ReactiveAdapterRegistry.getSharedInstance().getAdapter(result.getClass());
		return adapter != null && !adapter.isMultiValue();
	}

	private static Map<String, Object> model(@Nullable ModelAndViewContainer container, @Nullable Object result) {
		Map<String, Object> model = new LinkedHashMap<>();
		if (container != null) {
			model.putAll(container.getModel());
		}
		if (result instanceof ModelAndView returned) {
			model.putAll(returned.getModel());
		}
		if (result instanceof Model returned) {
			model.putAll(returned.asMap());
		}
		return model;
	}

}
