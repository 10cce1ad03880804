package io.github.cftracker.web;

import java.lang.reflect.Method;

import io.github.cftracker.CacheTags;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.web.context.request.async.WebAsyncUtils;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.AsyncHandlerInterceptor;
import org.springframework.web.servlet.ModelAndView;

/**
 * Interceptor of methods that have {@link CacheTags}. Spring MVC does not pass on the
 * return value of a method that answers 304 or has written the response itself: its tags
 * are added when it has ended.
 */
final class TaggedHandlers implements AsyncHandlerInterceptor {

	private final TaggedMethods methods;

	TaggedHandlers(TaggedMethods methods) {
		this.methods = methods;
	}

	@Override
	public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
		Method method = taggedMethod(handler);
		TagTemplates templates = this.methods.of(method);
		if (method != null && templates != null && !WebAsyncUtils.getAsyncManager(request).hasConcurrentResult()) {
			CollectedTags tags = TrackedRequest.tags(request);
			if (tags != null) {
				TaggedCall.begin(request, method, templates, tags);
			}
		}
		return true;
	}

	@Override
	public void postHandle(HttpServletRequest request, HttpServletResponse response, Object handler,
			@Nullable ModelAndView modelAndView) {
		TaggedCall call = call(request, handler);
		if (call != null) {
			call.returned(null, null);
		}
	}

	@Override
	public void afterCompletion(HttpServletRequest request, HttpServletResponse response, Object handler,
			@Nullable Exception ex) {
		TaggedCall call = call(request, handler);
		if (call != null) {
			call.end(request);
		}
	}

	private @Nullable TaggedCall call(HttpServletRequest request, Object handler) {
		return this.methods.any() ? TaggedCall.of(request, taggedMethod(handler)) : null;
	}

	/**
	 * Return the method as Spring MVC names it in parameters and return values, which is
	 * another one if the compiler has created a bridge.
	 */
	private @Nullable Method taggedMethod(Object handler) {
		return (handler instanceof HandlerMethod handled && this.methods.of(handled.getMethod()) != null)
				? handled.getReturnType().getMethod() : null;
	}

}
