package io.github.cftracker.test;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * An answer of the API: a body of the type that the headers name, or an empty one.
 */
record ApiResponse(int status, String body, Map<String, String> headers) {

	static final String CONTENT_TYPE = "Content-Type";

	static final String REQUEST_ID = "x-amzn-RequestId";

	static ApiResponse ok(String body) {
		return of(200, body);
	}

	static ApiResponse of(int status, String body) {
		return of(status, body, UUID.randomUUID().toString());
	}

	static ApiResponse of(ApiException error) {
		String requestId = UUID.randomUUID().toString();
		return of(error.status(), ApiXml.error(error, requestId), requestId);
	}

	private static ApiResponse of(int status, String body, String requestId) {
		return new ApiResponse(status, body, Map.of(CONTENT_TYPE, "text/xml", REQUEST_ID, requestId));
	}

	ApiResponse with(String header, String value) {
		Map<String, String> headers = new HashMap<>(this.headers);
		headers.put(header, value);
		return new ApiResponse(this.status, this.body, headers);
	}

}
