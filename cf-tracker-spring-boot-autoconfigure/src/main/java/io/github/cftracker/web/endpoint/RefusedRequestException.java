package io.github.cftracker.web.endpoint;

import java.io.Serial;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.json.JsonWriter;
import org.springframework.http.HttpStatus;

/**
 * Exception for a request to an endpoint that is answered with an error.
 */
final class RefusedRequestException extends RuntimeException {

	@Serial
	private static final long serialVersionUID = 1L;

	private final HttpStatus status;

	private final @Nullable String field;

	RefusedRequestException(HttpStatus status, String message) {
		this(status, message, null);
	}

	private RefusedRequestException(HttpStatus status, String message, @Nullable String field) {
		super(message);
		this.status = status;
		this.field = field;
	}

	static RefusedRequestException badRequest(String message) {
		return new RefusedRequestException(HttpStatus.BAD_REQUEST, message);
	}

	static RefusedRequestException badRequest(String field, String message) {
		return new RefusedRequestException(HttpStatus.BAD_REQUEST, message, field);
	}

	HttpStatus status() {
		return this.status;
	}

	/**
	 * Return the body of the response, in the form of the endpoint's other errors.
	 * @return a JSON object
	 */
	byte[] json() {
		Map<String, Object> body = new LinkedHashMap<>();
		body.put("error", String.valueOf(getMessage()));
		if (this.field != null) {
			body.put("field", this.field);
		}
		return JsonWriter.<Map<String, Object>>standard().write(body).toByteArray();
	}

}
