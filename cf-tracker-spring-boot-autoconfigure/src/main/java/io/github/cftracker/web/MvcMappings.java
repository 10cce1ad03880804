package io.github.cftracker.web;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

import io.github.cftracker.run.MappingSource;
import io.github.cftracker.run.Mappings;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.function.support.RouterFunctionMapping;
import org.springframework.web.servlet.handler.AbstractUrlHandlerMapping;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

/**
 * Reads the mappings of Spring MVC, once the application has started. Functional routes
 * and handler mappings of other kinds cannot be listed: with one of them, no mappings are
 * known.
 */
public final class MvcMappings implements MappingSource, SmartInitializingSingleton {

	private final Supplier<List<HandlerMapping>> handlerMappings;

	private final Supplier<String> contextPath;

	private final Function<String, String> pathPrefix;

	private volatile boolean started;

	private volatile @Nullable Set<String> patterns;

	/**
	 * Create a source.
	 * @param handlerMappings the handler mappings of the application, asked for once
	 * @param contextPath the context path, asked for after the start
	 * @param pathPrefix what paths begin with at CloudFront, for a context path
	 */
	public MvcMappings(Supplier<List<HandlerMapping>> handlerMappings, Supplier<String> contextPath,
			Function<String, String> pathPrefix) {
		this.handlerMappings = handlerMappings;
		this.contextPath = contextPath;
		this.pathPrefix = pathPrefix;
	}

	@Override
	public void afterSingletonsInstantiated() {
		// Earlier, whatever asks may be part of the creation of a handler mapping
		this.started = true;
	}

	@Override
	public Mappings mappings() {
		String contextPath = this.contextPath.get();
		return new Mappings(patterns(), contextPath, this.pathPrefix.apply(contextPath));
	}

	private Set<String> patterns() {
		if (!this.started) {
			return Set.of();
		}
		Set<String> patterns = this.patterns;
		if (patterns == null) {
			patterns = read();
			this.patterns = patterns;
		}
		return patterns;
	}

	private Set<String> read() {
		Set<String> patterns = new HashSet<>();
		for (HandlerMapping mapping : this.handlerMappings.get()) {
			if (mapping instanceof RequestMappingInfoHandlerMapping annotated) {
				annotated.getHandlerMethods().keySet().forEach((info) -> patterns.addAll(info.getPatternValues()));
			}
			else if (mapping instanceof AbstractUrlHandlerMapping named) {
				patterns.addAll(named.getHandlerMap().keySet());
			}
			else if (!(mapping instanceof RouterFunctionMapping functional) || functional.getRouterFunction() != null) {
				return Set.of();
			}
		}
		return Set.copyOf(patterns);
	}

}
