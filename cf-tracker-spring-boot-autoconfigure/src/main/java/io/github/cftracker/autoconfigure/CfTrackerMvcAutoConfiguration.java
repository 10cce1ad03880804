package io.github.cftracker.autoconfigure;

import io.github.cftracker.web.CacheTagsProcessor;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.context.annotation.Bean;
import org.springframework.web.servlet.handler.MappedInterceptor;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;

/**
 * Labels what Spring MVC's handler methods answer with their cache tags.
 */
@AutoConfiguration(after = CfTrackerWebAutoConfiguration.class)
@ConditionalOnWebApplication(type = Type.SERVLET)
@ConditionalOnClass(RequestMappingHandlerAdapter.class)
@ConditionalOnBooleanProperty(name = "cf.tracker.enabled", matchIfMissing = true)
@ConditionalOnBooleanProperty(name = "cf.tracker.tracking.enabled", matchIfMissing = true)
public final class CfTrackerMvcAutoConfiguration {

	@Bean
	@ConditionalOnMissingBean
	static CacheTagsProcessor cfTrackerCacheTagsProcessor() {
		return new CacheTagsProcessor();
	}

	@Bean
	MappedInterceptor cfTrackerCacheTagsInterceptor(CacheTagsProcessor processor) {
		return new MappedInterceptor(null, processor.interceptor());
	}

}
