package io.github.cftracker.autoconfigure;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.util.PlaceholderResolutionException;
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

	static Activation of(Environment environment) {
		if (!get(environment, "cf.tracker.enabled", true)) {
			return DISABLED;
		}
		String distributionId = distributionId(environment);
		if (distributionId == null) {
			return ACTIVE;
		}
		if (!StringUtils.hasText(distributionId)) {
			// A job that runs once has nothing else to do, and would never end
			return get(environment, "cf.tracker.run-once", false) ? ACTIVE : BLANK_DISTRIBUTION;
		}
		boolean calls = !get(environment, TEST_PROPERTY, false)
				|| StringUtils.hasText(environment.getProperty("cf.tracker.endpoint"));
		return calls ? ACTIVE : TEST;
	}

	private static @Nullable String distributionId(Environment environment) {
		try {
			return environment.getProperty("cf.tracker.distribution-id");
		}
		catch (PlaceholderResolutionException ex) {
			// The check of the properties reports it
			return null;
		}
	}

	/**
	 * Bind a value, so that one that is not a boolean is reported as usual.
	 */
	private static boolean get(Environment environment, String name, boolean fallback) {
		return Binder.get(environment).bind(name, Boolean.class).orElse(fallback);
	}

	/**
	 * Return why nothing is tracked and sent.
	 * @return the reason, to be read after "because", empty if the tracker is active
	 */
	String reason() {
		return this.reason;
	}

}
