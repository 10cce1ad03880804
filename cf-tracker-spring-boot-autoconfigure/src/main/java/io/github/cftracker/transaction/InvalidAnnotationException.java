package io.github.cftracker.transaction;

import io.github.cftracker.InvalidatesCloudFront;

/**
 * An {@link InvalidatesCloudFront} that cannot work. Its bean is not created.
 */
public class InvalidAnnotationException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String action;

	InvalidAnnotationException(String description, String action) {
		super(description);
		this.action = action;
	}

	/**
	 * How to mend it.
	 * @return what to type
	 */
	public String action() {
		return this.action;
	}

}
