package io.github.cftracker.web;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;

import io.github.cftracker.distribution.DistributionDoctor;
import io.github.cftracker.distribution.QueryStrings;
import io.github.cftracker.distribution.Ttls;
import io.github.cftracker.recording.UntrackingNotFoundHandler;
import io.github.cftracker.tracking.LifetimePolicy;
import io.github.cftracker.tracking.RequestSource;
import io.github.cftracker.tracking.TrackingRules;
import io.github.cftracker.tracking.TrackingSettings;
import jakarta.servlet.DispatcherType;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.jetty.autoconfigure.servlet.JettyServletWebServerAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.web.server.servlet.ConfigurableServletWebServerFactory;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.web.filter.ForwardedHeaderFilter;

/**
 * A Spring MVC application in a real container with the {@link TrackingFilter} as the
 * auto-configuration registers it.
 */
final class TestApplication implements AutoCloseable {

	static final Duration DEFAULT_LIFETIME = Duration.ofHours(24);

	private final ServletWebServerApplicationContext context;

	private TestApplication(ServletWebServerApplicationContext context) {
		this.context = context;
	}

	static TestApplication start(Server server, String contextPath) {
		return new TestApplication((ServletWebServerApplicationContext) new SpringApplicationBuilder(Config.class)
			.web(WebApplicationType.SERVLET)
			.initializers((context) -> context.getBeanFactory().registerSingleton("server", server))
			.run("--server.port=0", "--server.servlet.context-path=" + contextPath, "--spring.main.banner-mode=off",
					"--spring.mvc.async.request-timeout=30s"));
	}

	int port() {
		return this.context.getWebServer().getPort();
	}

	RecordingTracker tracker() {
		return this.context.getBean(RecordingTracker.class);
	}

	EndOfRequestFilter endOfRequest() {
		return (EndOfRequestFilter) this.context.getBean("endOfRequest", FilterRegistrationBean.class).getFilter();
	}

	@Override
	public void close() {
		this.context.close();
	}

	@Configuration(proxyBeanMethods = false)
	@Import({ Pages.class, AsyncPages.class })
	@ImportAutoConfiguration({ TomcatServletWebServerAutoConfiguration.class,
			JettyServletWebServerAutoConfiguration.class, DispatcherServletAutoConfiguration.class,
			WebMvcAutoConfiguration.class, HttpMessageConvertersAutoConfiguration.class,
			ErrorMvcAutoConfiguration.class })
	static class Config {

		@Bean
		ConfigurableServletWebServerFactory webServerFactory(Server server) {
			return server.createFactory();
		}

		@Bean
		RecordingTracker tracker() {
			return new RecordingTracker();
		}

		@Bean
		FilterRegistrationBean<EndOfRequestFilter> endOfRequest() {
			return EndOfRequestFilter.outermost();
		}

		@Bean
		FilterRegistrationBean<TrackingFilter> trackingFilter(RecordingTracker tracker,
				ObjectProvider<ManagementPaths> management) {
			LifetimePolicy lifetimes = new LifetimePolicy(LifetimePolicy.Mode.DERIVED, DEFAULT_LIFETIME,
					new Ttls(Duration.ZERO, DEFAULT_LIFETIME, Duration.ofDays(365)), Duration.ZERO, Clock.systemUTC());
			TrackingSettings settings = new TrackingSettings(Set.of("GET", "HEAD"), lifetimes, QueryStrings.ALL, null,
					null, List.of(), false);
			DistributionDoctor doctor = new DistributionDoctor();
			TrackingRules rules = new TrackingRules(settings, doctor, 100);
			TrackedPaths paths = new TrackedPaths(List.of(), List.of("/raw/excluded/**"), management);
			return TrackingFilterRegistration.of(
					new TrackingFilter(rules, RequestSource.ANY, null, null,
							new ResponseTracker(rules, paths, tracker, new UntrackingNotFoundHandler(tracker, true))),
					Ordered.HIGHEST_PRECEDENCE, doctor);
		}

		@Bean
		FilterRegistrationBean<ForwardedHeaderFilter> forwardedHeaders() {
			FilterRegistrationBean<ForwardedHeaderFilter> registration = new FilterRegistrationBean<>(
					new ForwardedHeaderFilter());
			registration.setDispatcherTypes(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR);
			registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
			return registration;
		}

		@Bean
		FilterRegistrationBean<HidingFilter> hidingFilter() {
			FilterRegistrationBean<HidingFilter> registration = new FilterRegistrationBean<>(new HidingFilter());
			registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 20);
			registration.addUrlPatterns("/hidden/*");
			return registration;
		}

		@Bean
		ServletRegistrationBean<RawServlet> rawServlet() {
			return new ServletRegistrationBean<>(new RawServlet(), "/raw/*");
		}

		@Bean
		ServletRegistrationBean<AsyncServlet> asyncServlet() {
			return new ServletRegistrationBean<>(new AsyncServlet(), "/async/*");
		}

	}

}
