package io.github.cftracker.expression;

/**
 * An annotation that cannot work. It stops the start.
 */
public class InvalidAnnotationException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final String action;

	/**
	 * Create an exception.
	 * @param description what is wrong with the annotation of which method
	 * @param action how to fix it
	 */
	public InvalidAnnotationException(String description, String action) {
		super(description);
		this.action = action;
	}

	/**
	 * Return how to fix it.
	 * @return what to type
	 */
	public String action() {
		return this.action;
	}

}
