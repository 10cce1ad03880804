package io.github.cftracker.web;

import java.util.ArrayList;
import java.util.List;

import io.github.cftracker.CacheTags;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.ApplicationContext;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.HandlerMethodReturnValueHandler;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.handler.AbstractHandlerMethodMapping;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;

/**
 * Post-processor that adds {@link CacheTags} to Spring MVC. Controllers are not proxied,
 * so they may be final and have methods that are not public. Templates have the whole
 * model and the results of asynchronous methods as variables. A template that cannot work
 * stops the start.
 * <p>
 * The {@link #interceptor()} must be a bean too.
 */
public final class CacheTagsProcessor implements BeanPostProcessor {

	private final TaggedMethods methods;

	/**
	 * Create a processor.
	 * @param context the application, with the beans that templates may name
	 */
	public CacheTagsProcessor(ApplicationContext context) {
		this.methods = new TaggedMethods(context);
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String beanName) {
		if (bean instanceof AbstractHandlerMethodMapping<?> mapping) {
			for (HandlerMethod handler : mapping.getHandlerMethods().values()) {
				this.methods.add(handler);
			}
		}
		if (bean instanceof RequestMappingHandlerAdapter adapter) {
			List<HandlerMethodArgumentResolver> resolvers = orNone(adapter.getArgumentResolvers());
			adapter.setArgumentResolvers(withFirst(new TaggedArguments(this.methods, resolvers), resolvers));
			List<HandlerMethodReturnValueHandler> handlers = orNone(adapter.getReturnValueHandlers());
			adapter.setReturnValueHandlers(withFirst(new TaggedReturnValues(this.methods, handlers), handlers));
		}
		return bean;
	}

	/**
	 * Return the interceptor for all handler mappings.
	 * @return the interceptor
	 */
	public HandlerInterceptor interceptor() {
		return new TaggedHandlers(this.methods);
	}

	private static <T> List<T> orNone(@Nullable List<T> list) {
		return (list != null) ? list : List.of();
	}

	private static <T> List<T> withFirst(T first, List<T> others) {
		List<T> all = new ArrayList<>(others);
		all.add(0, first);
		return all;
	}

}
