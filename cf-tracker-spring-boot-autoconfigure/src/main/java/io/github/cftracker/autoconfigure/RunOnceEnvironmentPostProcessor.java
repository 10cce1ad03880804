package io.github.cftracker.autoconfigure;

import java.util.Map;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
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
		boolean enabled = environment.getProperty("cf.tracker.enabled", Boolean.class, true);
		if (enabled && environment.getProperty("cf.tracker.run-once", Boolean.class, false)) {
			environment.getPropertySources()
				.addFirst(new MapPropertySource("cfTrackerRunOnce",
						(application.getWebApplicationType() == WebApplicationType.SERVLET)
								? Map.of("server.port", "-1", "management.server.port", "-1")
								: Map.of("spring.main.web-application-type", "none")));
		}
	}

}
