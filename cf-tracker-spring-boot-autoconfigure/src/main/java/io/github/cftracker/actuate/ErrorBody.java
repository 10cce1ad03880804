package io.github.cftracker.actuate;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;

/**
 * Body of a request that was refused.
 *
 * @param error the reason
 * @param field the field that is wrong, absent if there is none
 */
record ErrorBody(String error, @Nullable String field) implements OperationResponseBody {

	static WebEndpointResponse<Object> badRequest(String field, String error) {
		return new WebEndpointResponse<>(new ErrorBody(error, field), WebEndpointResponse.STATUS_BAD_REQUEST);
	}

	static WebEndpointResponse<Object> unavailable(RuntimeException ex) {
		return new WebEndpointResponse<>(new ErrorBody(String.valueOf(ex.getMessage()), null),
				WebEndpointResponse.STATUS_SERVICE_UNAVAILABLE);
	}

}
