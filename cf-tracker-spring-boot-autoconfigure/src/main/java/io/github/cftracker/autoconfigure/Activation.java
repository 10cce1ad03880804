package io.github.cftracker.autoconfigure;

import org.springframework.aot.AotDetector;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * Whether the tracker works in an application, and if not, why.
 */
enum Activation {

	/**
	 * Everything is configured. A distribution id that is missing stops the start.
	 */
	ACTIVE(""),

	/**
	 * {@code cf.tracker.enabled} is {@code false}.
	 */
	DISABLED("'cf.tracker.enabled' is 'false'"),

	/**
	 * {@code cf.tracker.distribution-id} is set to a blank value, such as the default of
	 * <code>${DISTRIBUTION:}</code>. A missing one may have been forgotten, but a blank
	 * one was written on purpose.
	 */
	BLANK_DISTRIBUTION("'cf.tracker.distribution-id' is blank"),

	/**
	 * The context belongs to a test, and no {@code cf.tracker.endpoint} keeps it from
	 * calling AWS.
	 */
	TEST("this is a test without a local CloudFront");

	/**
	 * Set in every context that Spring's test framework creates.
	 */
	static final String TEST_PROPERTY = "io.github.cftracker.spring-test";

	private final String reason;

	Activation(String reason) {
		this.reason = reason;
	}

	/**
	 * Return the activation that the properties lead to. A variable that is not set
	 * counts as a value: {@link PropertiesCheck} reports it.
	 */
	static Activation of(Environment environment) {
		// A binder reports what is not a boolean as usual
		Binder binder = Binder.get(environment);
		if (!binder.bind("cf.tracker.enabled", Boolean.class).orElse(true)) {
			return DISABLED;
		}
		String distributionId = binder.bind("cf.tracker.distribution-id", String.class).orElse(null);
		if (distributionId == null) {
			return ACTIVE;
		}
		if (!StringUtils.hasText(distributionId)) {
			// A job that runs once has nothing else to do, and would never end
			return binder.bind("cf.tracker.run-once", Boolean.class).orElse(false) ? ACTIVE : BLANK_DISTRIBUTION;
		}
		boolean calls = !binder.bind(TEST_PROPERTY, Boolean.class).orElse(false)
				|| StringUtils.hasText(binder.bind("cf.tracker.endpoint", String.class).orElse(""));
		return calls ? ACTIVE : TEST;
	}

	/**
	 * Return the error of an application whose properties lead to another activation than
	 * when the conditions were evaluated.
	 * @param before what the activation was, to be read after "was"
	 */
	CfTrackerConfigurationException changedFrom(String before) {
		String now = (this == ACTIVE) ? "cf-tracker is configured" : "cf-tracker is off because " + this.reason;
		if (AotDetector.useGeneratedArtifacts()) {
			return new CfTrackerConfigurationException(
					"%s, but was %s when the application was processed ahead of time.".formatted(now, before),
					"Build with the properties 'cf.tracker.enabled' and 'cf.tracker.distribution-id' that the application runs with, or start without 'spring.aot.enabled=true'.");
		}
		return new CfTrackerConfigurationException(
				"%s, but was %s when Spring Boot evaluated its conditions.".formatted(now, before),
				"Set the properties of 'cf.tracker' before the context is refreshed. In a test, use '@DynamicPropertySource' or '@TestPropertySource' instead of a 'DynamicPropertyRegistrar'.");
	}

	/**
	 * Return why nothing is tracked and sent.
	 * @return the reason, to be read after "because", empty if the tracker is active
	 */
	String reason() {
		return this.reason;
	}

}
