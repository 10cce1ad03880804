package io.github.cftracker.web;

import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;

import io.github.cftracker.distribution.Distribution;
import io.github.cftracker.distribution.DistributionMirror;
import io.github.cftracker.distribution.Origin;
import io.github.cftracker.run.MappingSource;
import io.github.cftracker.run.Mappings;
import jakarta.servlet.ServletContext;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.function.support.RouterFunctionMapping;
import org.springframework.web.servlet.handler.AbstractUrlHandlerMapping;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

/**
 * The mappings of Spring MVC, known once the application has started. Functional routes
 * and handler mappings of other kinds cannot be listed: with one of them, no mappings are
 * known.
 */
public final class MvcMappings implements MappingSource, SmartInitializingSingleton {

	private final ObjectProvider<HandlerMapping> handlerMappings;

	private final ObjectProvider<ServletContext> servletContext;

	private final ObjectProvider<DistributionMirror> mirror;

	private final @Nullable String pathHeader;

	private final @Nullable String originPath;

	private volatile boolean started;

	private volatile @Nullable Set<String> patterns;

	/**
	 * Create a source.
	 * @param handlerMappings the handler mappings of the application
	 * @param servletContext the servlet context, which exists after the start
	 * @param mirror the settings of the distribution
	 * @param pathHeader the name of the header with the viewer's path, {@code null} if
	 * there is none
	 * @param originPath what CloudFront puts in front of paths, {@code null} if the
	 * distribution defines it
	 */
	public MvcMappings(ObjectProvider<HandlerMapping> handlerMappings, ObjectProvider<ServletContext> servletContext,
			ObjectProvider<DistributionMirror> mirror, @Nullable String pathHeader, @Nullable String originPath) {
		this.handlerMappings = handlerMappings;
		this.servletContext = servletContext;
		this.mirror = mirror;
		this.pathHeader = pathHeader;
		this.originPath = originPath;
	}

	@Override
	public void afterSingletonsInstantiated() {
		// A call before that may be part of the creation of a handler mapping
		this.started = true;
	}

	@Override
	public Mappings mappings() {
		String contextPath = this.servletContext.getObject().getContextPath();
		return new Mappings(patterns(), contextPath, pathPrefix(contextPath));
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
		for (HandlerMapping mapping : this.handlerMappings) {
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

	/**
	 * Return what paths of the application begin with at CloudFront.
	 */
	private String pathPrefix(String contextPath) {
		String originPath = knownOriginPath();
		String prefix = (originPath != null && contextPath.startsWith(originPath))
				? contextPath.substring(originPath.length()) : "";
		return prefix.startsWith("/") ? prefix : "";
	}

	/**
	 * Return what CloudFront puts in front of paths, {@code null} if it differs.
	 */
	private @Nullable String knownOriginPath() {
		if (this.pathHeader != null) {
			return null;
		}
		if (this.originPath != null) {
			return this.originPath;
		}
		DistributionMirror mirror = this.mirror.getIfAvailable();
		Distribution distribution = (mirror != null) ? mirror.distribution() : null;
		if (distribution == null) {
			return "";
		}
		Set<String> paths = distribution.applicationOrigins().stream().map(Origin::path).collect(Collectors.toSet());
		return (paths.size() == 1) ? paths.iterator().next() : null;
	}

}
