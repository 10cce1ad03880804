package io.github.cftracker.autoconfigure;

import java.util.HashMap;
import java.util.Map;

import io.github.cftracker.actuate.CfInvalidateEndpoint;
import io.github.cftracker.actuate.CfPathsEndpoint;
import io.github.cftracker.web.endpoint.EndpointFilter;
import io.github.cftracker.web.endpoint.EndpointRequests;
import io.github.cftracker.web.endpoint.EndpointWebFilter;
import io.github.cftracker.web.endpoint.SiteCheck;
import jakarta.servlet.Filter;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.autoconfigure.endpoint.web.CorsEndpointProperties;
import org.springframework.boot.actuate.autoconfigure.web.ManagementContextConfiguration;
import org.springframework.boot.actuate.endpoint.EndpointId;
import org.springframework.boot.actuate.endpoint.web.PathMappedEndpoints;
import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication.Type;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.cors.CorsConfiguration;

/**
 * Configuration for the checks of requests to the endpoints. It belongs to the context
 * that serves them: the application's, or the one of a separate management port.
 */
@ManagementContextConfiguration(proxyBeanMethods = false)
@ConditionalOnWebApplication
@ConditionalOnClass(name = "org.springframework.web.cors.CorsConfiguration")
@ConditionalOnActivation
@Conditional(CfTrackerManagementContextConfiguration.OnAvailableEndpoint.class)
final class CfTrackerManagementContextConfiguration {

	@Bean
	EndpointRequests cfTrackerEndpointRequests(ObjectProvider<PathMappedEndpoints> endpoints,
			ObjectProvider<CorsEndpointProperties> cors) {
		return new EndpointRequests(SingletonSupplier.of(() -> paths(endpoints.getObject())),
				new SiteCheck(configuration(cors.getIfAvailable())));
	}

	private static Map<String, String> paths(PathMappedEndpoints endpoints) {
		Map<String, String> paths = new HashMap<>();
		put(paths, HttpMethod.POST, endpoints.getPath(EndpointId.of(CfInvalidateEndpoint.ID)));
		put(paths, HttpMethod.DELETE, endpoints.getPath(EndpointId.of(CfPathsEndpoint.ID)));
		return paths;
	}

	private static void put(Map<String, String> paths, HttpMethod method, @Nullable String path) {
		if (path != null) {
			paths.put(method.name(), path);
		}
	}

	private static @Nullable CorsConfiguration configuration(@Nullable CorsEndpointProperties properties) {
		return (properties != null) ? properties.toCorsConfiguration() : null;
	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnWebApplication(type = Type.SERVLET)
	@ConditionalOnClass(Filter.class)
	static class ServletConfiguration {

		@Bean
		FilterRegistrationBean<EndpointFilter> cfTrackerEndpointFilter(EndpointRequests requests) {
			FilterRegistrationBean<EndpointFilter> registration = new FilterRegistrationBean<>(
					new EndpointFilter(requests));
			registration.setOrder(EndpointFilter.ORDER);
			return registration;
		}

	}

	@Configuration(proxyBeanMethods = false)
	@ConditionalOnWebApplication(type = Type.REACTIVE)
	static class ReactiveConfiguration {

		@Bean
		EndpointWebFilter cfTrackerEndpointWebFilter(EndpointRequests requests) {
			return new EndpointWebFilter(requests);
		}

	}

	static class OnAvailableEndpoint extends AnyNestedCondition {

		OnAvailableEndpoint() {
			super(ConfigurationPhase.REGISTER_BEAN);
		}

		@ConditionalOnAvailableEndpoint(endpoint = CfInvalidateEndpoint.class)
		static class Invalidate {

		}

		@ConditionalOnAvailableEndpoint(endpoint = CfPathsEndpoint.class)
		static class Paths {

		}

	}

}
