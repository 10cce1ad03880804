package io.github.cftracker.web;

import java.util.List;

import io.github.cftracker.CacheTags;
import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.HandlerMethodArgumentResolverComposite;
import org.springframework.web.method.support.ModelAndViewContainer;

/**
 * Argument resolver that records the arguments of methods that have {@link CacheTags}.
 */
final class TaggedArguments implements HandlerMethodArgumentResolver {

	private final HandlerMethodArgumentResolverComposite resolvers = new HandlerMethodArgumentResolverComposite();

	private final TaggedMethods methods;

	TaggedArguments(TaggedMethods methods, List<HandlerMethodArgumentResolver> resolvers) {
		this.methods = methods;
		this.resolvers.addResolvers(resolvers);
	}

	@Override
	public boolean supportsParameter(MethodParameter parameter) {
		return this.methods.of(parameter.getMethod()) != null && this.resolvers.supportsParameter(parameter);
	}

	@Override
	public @Nullable Object resolveArgument(MethodParameter parameter, @Nullable ModelAndViewContainer container,
			NativeWebRequest request, @Nullable WebDataBinderFactory binderFactory) throws Exception {
		Object argument = this.resolvers.resolveArgument(parameter, container, request, binderFactory);
		TaggedCall call = TaggedCall.of(request, parameter);
		if (call != null) {
			call.resolved(parameter.getParameterIndex(), argument, container);
		}
		return argument;
	}

}
