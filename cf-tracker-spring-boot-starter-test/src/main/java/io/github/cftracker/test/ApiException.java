package io.github.cftracker.test;

/**
 * What the API answers instead of a result.
 */
final class ApiException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final int status;

	private final String code;

	private final String reason;

	ApiException(int status, String code, String reason) {
		super(code + ": " + reason);
		this.status = status;
		this.code = code;
		this.reason = reason;
	}

	static ApiException invalidArgument(String reason) {
		return new ApiException(400, "InvalidArgument", reason);
	}

	static ApiException malformedXml() {
		return new ApiException(400, "MalformedXML", "The XML document is malformed.");
	}

	static ApiException throttling() {
		return new ApiException(400, "Throttling", "Rate exceeded");
	}

	static ApiException tooManyInProgress() {
		return new ApiException(400, "TooManyInvalidationsInProgress",
				"Processing your request will cause you to exceed the maximum number of in-progress invalidations.");
	}

	int status() {
		return this.status;
	}

	String code() {
		return this.code;
	}

	String reason() {
		return this.reason;
	}

}
