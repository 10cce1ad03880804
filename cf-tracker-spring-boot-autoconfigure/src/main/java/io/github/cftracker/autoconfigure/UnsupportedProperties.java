package io.github.cftracker.autoconfigure;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.core.env.Environment;

/**
 * Refuses properties that are planned and do nothing yet, so that nobody believes in a
 * protection that is not there.
 */
final class UnsupportedProperties {

	/**
	 * Names, each with the values that ask for nothing but what happens anyway.
	 */
	private static final Map<String, Set<String>> UNSUPPORTED = new LinkedHashMap<>();

	static {
		UNSUPPORTED.put("cf.tracker.tags.header", Set.of());
	}

	private UnsupportedProperties() {
	}

	static void check(Environment environment) {
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(environment)) {
			UNSUPPORTED.forEach((name, harmless) -> check(source, ConfigurationPropertyName.of(name), harmless));
		}
	}

	private static void check(ConfigurationPropertySource source, ConfigurationPropertyName name,
			Set<String> harmless) {
		ConfigurationProperty property = source.getConfigurationProperty(name);
		boolean set = property != null && !harmless.contains(String.valueOf(property.getValue()));
		if (set || source.containsDescendantOf(name) == ConfigurationPropertyState.PRESENT) {
			throw new CfTrackerConfigurationException(
					"'%s' is set, but this version of cf-tracker does not support it yet.".formatted(name),
					"Remove '%s'.".formatted(name));
		}
	}

}
