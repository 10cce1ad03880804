package io.github.cftracker.autoconfigure;

/**
 * Exception for a setting that stops the start. Its message never contains a secret.
 */
class CfTrackerConfigurationException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String action;

	CfTrackerConfigurationException(String description, String action) {
		super(description);
		this.action = action;
	}

	String action() {
		return this.action;
	}

}
