package io.github.cftracker.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.boot.web.server.servlet.context.ServletComponentScan;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletContextInitializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.filter.UrlHandlerFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * Filters that answer requests themselves, registered in each way that Spring Boot has.
 */
@Configuration(proxyBeanMethods = false)
@ServletComponentScan(basePackageClasses = AnsweringFilters.class)
class AnsweringFilters {

	static volatile String content = "";

	@Bean
	FilterRegistrationBean<UrlHandlerFilter> trailingSlash() {
		return first(new FilterRegistrationBean<>(
				UrlHandlerFilter.trailingSlashHandler("/slash/**").redirect(HttpStatus.MOVED_PERMANENTLY).build()));
	}

	@Bean
	MaintenanceFilter maintenance() {
		return new MaintenanceFilter();
	}

	@Bean
	FilterRegistrationBean<PageCacheFilter> pageCache() {
		return first(new FilterRegistrationBean<>(new PageCacheFilter()));
	}

	@Bean
	Initializer initializer() {
		return new Initializer();
	}

	private static <T extends Filter> FilterRegistrationBean<T> first(FilterRegistrationBean<T> registration) {
		registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
		return registration;
	}

	/**
	 * Answers what begins with its path.
	 */
	static class AnsweringFilter implements Filter {

		private final String path;

		AnsweringFilter(String path) {
			this.path = path;
		}

		@Override
		public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
				throws IOException, ServletException {
			if (((HttpServletRequest) request).getRequestURI().startsWith(this.path)) {
				response.getWriter().write(content);
			}
			else {
				chain.doFilter(request, response);
			}
		}

	}

	/**
	 * A filter that is a bean itself.
	 */
	@Order(Ordered.HIGHEST_PRECEDENCE)
	static class MaintenanceFilter extends AnsweringFilter {

		MaintenanceFilter() {
			super("/maintenance");
		}

	}

	/**
	 * Registers a filter that is not a bean.
	 */
	@Order(Ordered.HIGHEST_PRECEDENCE)
	static class Initializer implements ServletContextInitializer {

		@Override
		public void onStartup(ServletContext servletContext) {
			FilterRegistration.Dynamic registration = servletContext.addFilter("initialized",
					new AnsweringFilter("/initialized"));
			registration.setAsyncSupported(true);
			registration.addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
		}

	}

	/**
	 * Found by the scan for servlet components.
	 */
	@WebFilter(urlPatterns = "/*", asyncSupported = true)
	static class ScannedFilter extends AnsweringFilter {

		ScannedFilter() {
			super("/scanned");
		}

	}

	/**
	 * Keeps pages and serves them without asking the application again.
	 */
	static class PageCacheFilter extends OncePerRequestFilter {

		private final Map<String, byte[]> pages = new ConcurrentHashMap<>();

		void clear() {
			this.pages.clear();
		}

		@Override
		protected boolean shouldNotFilter(HttpServletRequest request) {
			return !request.getRequestURI().startsWith("/cached");
		}

		@Override
		protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
				throws ServletException, IOException {
			byte[] page = this.pages.get(request.getRequestURI());
			if (page != null) {
				response.setCharacterEncoding(StandardCharsets.UTF_8);
				response.setContentType("text/plain");
				response.getOutputStream().write(page);
				return;
			}
			ContentCachingResponseWrapper wrapper = new ContentCachingResponseWrapper(response);
			chain.doFilter(request, wrapper);
			this.pages.put(request.getRequestURI(), wrapper.getContentAsByteArray());
			wrapper.copyBodyToResponse();
		}

	}

	@RestController
	static class Pages {

		@GetMapping({ "/cached", "/page" })
		String page() {
			return content;
		}

	}

}
