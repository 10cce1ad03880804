package io.github.cftracker.autoconfigure;

/**
 * A setting that stops the start. Never holds a secret.
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
