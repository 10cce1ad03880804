package io.github.cftracker;

/**
 * Exception for an {@link InvalidationRequest} that cannot be carried out. Nothing was
 * sent.
 */
public class InvalidRequestException extends IllegalArgumentException {

	private static final long serialVersionUID = 1L;

	private final String field;

	/**
	 * Create a new exception.
	 * @param field the field of the request that is wrong
	 * @param reason what is wrong with it, and how to fix it
	 */
	public InvalidRequestException(String field, String reason) {
		super(reason);
		this.field = field;
	}

	/**
	 * Return the field of the request that is wrong.
	 * @return the name, as in the endpoint's JSON
	 */
	public String field() {
		return this.field;
	}

}
