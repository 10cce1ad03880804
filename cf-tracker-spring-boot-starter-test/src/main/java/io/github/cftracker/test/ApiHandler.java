package io.github.cftracker.test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

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
		String requestId = UUID.randomUUID().toString();
		ApiRequest request = new ApiRequest(exchange);
		Operation.Target target = Operation.find(request);
		ApiResponse response = answer(request, target, requestId);
		int status = (response != null) ? response.status() : 0;
		this.books.record((target != null) ? target.operation().awsName() : "Unknown", status, at);
		boolean creates = target != null && target.operation() == Operation.CREATE_INVALIDATION;
		boolean awaited = !creates || this.faults.await();
		if (response != null && awaited) {
			send(exchange, response, requestId);
		}
	}

	private @Nullable ApiResponse answer(ApiRequest request, Operation.@Nullable Target target, String requestId) {
		try {
			this.signature.verify(request);
			if (target == null) {
				throw new ApiException(404, "UnknownOperationException", "The requested operation is not recognized.");
			}
			return this.api.answer(target, request);
		}
		catch (LostAnswerException ex) {
			return null;
		}
		catch (ApiException ex) {
			return refusal(ex, requestId);
		}
		catch (RuntimeException ex) {
			logger.error("Could not answer {} {}", request.method(), request.path(), ex);
			return refusal(new ApiException(500, "InternalError", "We encountered an internal error."), requestId);
		}
	}

	private static ApiResponse refusal(ApiException error, String requestId) {
		return new ApiResponse(error.status(), ApiXml.error(error, requestId), Map.of());
	}

	private static void send(HttpExchange exchange, ApiResponse response, String requestId) throws IOException {
		byte[] body = response.body().getBytes(StandardCharsets.UTF_8);
		response.headers().forEach(exchange.getResponseHeaders()::set);
		exchange.getResponseHeaders().set("Content-Type", "text/xml");
		exchange.getResponseHeaders().set("x-amzn-RequestId", requestId);
		boolean head = "HEAD".equals(exchange.getRequestMethod());
		exchange.sendResponseHeaders(response.status(), head ? -1 : body.length);
		if (!head) {
			exchange.getResponseBody().write(body);
		}
	}

}
