package io.github.cftracker.autoconfigure;

import io.github.cftracker.distribution.DistributionMirror;
import io.github.cftracker.web.CacheTagsProcessor;
import io.github.cftracker.web.MvcMappings;
import jakarta.servlet.ServletContext;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.AutoConfigureOrder;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.handler.MappedInterceptor;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;

/**
 * Auto-configuration for the cache tags and the mappings of Spring MVC's handler methods.
 */
@AutoConfiguration(after = CfTrackerWebAutoConfiguration.class)
@AutoConfigureOrder(Ordered.LOWEST_PRECEDENCE)
@ConditionalOnWebApplication(type = Type.SERVLET)
@ConditionalOnClass(RequestMappingHandlerAdapter.class)
@ConditionalOnActivation
@ConditionalOnBooleanProperty(name = "cf.tracker.tracking.enabled", matchIfMissing = true)
public final class CfTrackerMvcAutoConfiguration {

	@Bean
	static CacheTagsProcessor cfTrackerCacheTagsProcessor(ApplicationContext context) {
		return new CacheTagsProcessor(context);
	}

	@Bean
	MappedInterceptor cfTrackerCacheTagsInterceptor(CacheTagsProcessor processor) {
		return new MappedInterceptor(null, processor.interceptor());
	}

	@Bean
	@Lazy(false)
	MvcMappings cfTrackerMvcMappings(ObjectProvider<HandlerMapping> mappings, ObjectProvider<ServletContext> context,
			CfTrackerProperties properties, ObjectProvider<DistributionMirror> mirror) {
		CfTrackerProperties.Tracking tracking = properties.getTracking();
		return new MvcMappings(mappings, context, mirror, tracking.getPathHeader(), tracking.getOriginPath());
	}

}
