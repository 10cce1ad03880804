package io.github.cftracker.autoconfigure;

import java.util.Map;

import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Keeps the web server from starting where the application is to invalidate and leave.
 */
class RunOnceEnvironmentPostProcessor implements EnvironmentPostProcessor {

	@Override
	public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
		boolean enabled = environment.getProperty("cf.tracker.enabled", Boolean.class, true);
		if (enabled && environment.getProperty("cf.tracker.run-once", Boolean.class, false)) {
			environment.getPropertySources()
				.addFirst(
						new MapPropertySource("cfTrackerRunOnce", Map.of("spring.main.web-application-type", "none")));
		}
	}

}
