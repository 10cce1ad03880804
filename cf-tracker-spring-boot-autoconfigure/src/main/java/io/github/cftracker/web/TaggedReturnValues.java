package io.github.cftracker.web;

import java.util.List;

import io.github.cftracker.CacheTags;
import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodParameter;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.AsyncHandlerMethodReturnValueHandler;
import org.springframework.web.method.support.HandlerMethodReturnValueHandler;
import org.springframework.web.method.support.HandlerMethodReturnValueHandlerComposite;
import org.springframework.web.method.support.ModelAndViewContainer;

/**
 * Return value handler that adds the tags of methods that have {@link CacheTags} just
 * before their return value is written.
 */
final class TaggedReturnValues implements AsyncHandlerMethodReturnValueHandler {

	private final HandlerMethodReturnValueHandlerComposite handlers = new HandlerMethodReturnValueHandlerComposite();

	private final TaggedMethods methods;

	TaggedReturnValues(TaggedMethods methods, List<HandlerMethodReturnValueHandler> handlers) {
		this.methods = methods;
		this.handlers.addHandlers(handlers);
	}

	@Override
	public boolean supportsReturnType(MethodParameter returnType) {
		return this.methods.of(returnType.getMethod()) != null && this.handlers.supportsReturnType(returnType);
	}

	/**
	 * Return {@code false} for every value. Spring MVC offers a value that a handler
	 * calls asynchronous only to asynchronous handlers, so this class is one of them.
	 */
	@Override
	public boolean isAsyncReturnValue(@Nullable Object returnValue, MethodParameter returnType) {
		return false;
	}

	@Override
	public void handleReturnValue(@Nullable Object returnValue, MethodParameter returnType,
			ModelAndViewContainer container, NativeWebRequest request) throws Exception {
		TaggedCall call = TaggedCall.of(request, returnType);
		if (call != null) {
			call.returned(returnValue, container);
		}
		this.handlers.handleReturnValue(returnValue, returnType, container, request);
	}

}
