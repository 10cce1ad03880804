package io.github.cftracker.autoconfigure;

import java.util.Map;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Keeps a web server from listening where the application is to invalidate and leave.
 * <p>
 * A servlet application stays one, on no port: as a non-web application it would not even
 * start if it has a {@code SecurityFilterChain}, whose builder Spring Boot offers only to
 * web applications.
 */
class RunOnceEnvironmentPostProcessor implements EnvironmentPostProcessor {

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		if (is(environment, "cf.tracker.enabled", true) && is(environment, "cf.tracker.run-once", false)) {
			environment.getPropertySources()
				.addFirst(new MapPropertySource("cfTrackerRunOnce",
						(application.getWebApplicationType() == WebApplicationType.SERVLET)
								? Map.of("server.port", "-1", "management.server.port", "-1")
								: Map.of("spring.main.web-application-type", "none")));
		}
	}

	private static boolean is(ConfigurableEnvironment environment, String name, boolean fallback) {
		try {
			return Binder.get(environment).bind(name, Boolean.class).orElse(fallback);
		}
		catch (BindException ex) {
			// Reported with the conditions, when there is a log
			return false;
		}
	}

}
