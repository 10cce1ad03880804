package io.github.cftracker.test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The API as HTTP: checks the signature, has the operation answered, and enters every
 * call in the books before the caller gets to see the answer.
 */
final class ApiHandler implements HttpHandler {

	private static final Logger logger = LoggerFactory.getLogger(ApiHandler.class);

	private final RequestSignature signature;

	private final CloudFrontApi api;

	private final Books books;

	private final Faults faults;

	private final Clock clock;

	ApiHandler(RequestSignature signature, CloudFrontApi api, Books books, Faults faults, Clock clock) {
		this.signature = signature;
		this.api = api;
		this.books = books;
		this.faults = faults;
		this.clock = clock;
	}

	@Override
	public void handle(HttpExchange exchange) throws IOException {
		Instant at = this.clock.instant();
		ApiRequest request = new ApiRequest(exchange);
		Operation.Target target = Operation.find(request);
		try {
			ApiResponse response = answer(request, target);
			if (recordAndAwait(target, response.status(), at)) {
				send(exchange, response);
			}
			exchange.close();
		}
		catch (LostAnswerException ex) {
			recordAndAwait(target, 0, at);
			if (ex.closesConnection()) {
				exchange.close();
			}
		}
	}

	private ApiResponse answer(ApiRequest request, Operation.@Nullable Target target) {
		try {
			this.signature.verify(request);
			if (target == null) {
				throw new ApiException(404, "UnknownOperationException", "The requested operation is not recognized.");
			}
			return this.api.answer(target, request);
		}
		catch (LostAnswerException ex) {
			throw ex;
		}
		catch (ApiException ex) {
			return ApiResponse.of(ex);
		}
		catch (RuntimeException ex) {
			logger.error("Could not answer {} {}", request.method(), request.path(), ex);
			return ApiResponse.of(new ApiException(500, "InternalError", "We encountered an internal error."));
		}
	}

	/**
	 * Enter the call in the books, then wait as long as its answer is to take.
	 * @return whether the caller can still be answered
	 */
	private boolean recordAndAwait(Operation.@Nullable Target target, int status, Instant at) {
		this.books.record((target != null) ? target.operation().awsName() : "Unknown", status, at);
		boolean creates = target != null && target.operation() == Operation.CREATE_INVALIDATION;
		return !creates || this.faults.await();
	}

	private static void send(HttpExchange exchange, ApiResponse response) throws IOException {
		byte[] body = response.body().getBytes(StandardCharsets.UTF_8);
		response.headers().forEach(exchange.getResponseHeaders()::set);
		boolean empty = body.length == 0 || "HEAD".equals(exchange.getRequestMethod());
		exchange.sendResponseHeaders(response.status(), empty ? -1 : body.length);
		if (!empty) {
			exchange.getResponseBody().write(body);
		}
	}

}
