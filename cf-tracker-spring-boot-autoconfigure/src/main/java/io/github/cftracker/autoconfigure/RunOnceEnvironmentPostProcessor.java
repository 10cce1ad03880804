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
 * Post-processor that keeps a web server from listening during a single run.
 * <p>
 * A servlet application stays one, without a port: as a non-web application it would not
 * start if it has a {@code SecurityFilterChain}, whose builder Spring Boot offers to web
 * applications only.
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
			// Reported with the conditions, when the log exists
			return false;
		}
	}

}
