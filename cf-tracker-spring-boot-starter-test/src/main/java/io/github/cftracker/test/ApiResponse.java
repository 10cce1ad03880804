package io.github.cftracker.test;

import java.util.Map;

/**
 * What the API answers: XML with a status and the headers that go with it.
 */
record ApiResponse(int status, String body, Map<String, String> headers) {

	static ApiResponse ok(String body) {
		return new ApiResponse(200, body, Map.of());
	}

}
