package io.github.cftracker.test;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import com.sun.net.httpserver.HttpExchange;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The application behind the edge. Its address is asked for at every request, so that it
 * may be known later, or change.
 */
final class Origin {

	private static final Logger logger = LoggerFactory.getLogger(Origin.class);

	private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

	private static final Duration READ_TIMEOUT = Duration.ofSeconds(30);

	private final HttpClient client = HttpClient.newBuilder()
		.version(HttpClient.Version.HTTP_1_1)
		.followRedirects(HttpClient.Redirect.NEVER)
		.connectTimeout(CONNECT_TIMEOUT)
		.build();

	private volatile @Nullable Supplier<URI> address;

	void address(@Nullable Supplier<URI> address) {
		this.address = address;
	}

	/**
	 * Forwards the request.
	 * @throws UnavailableException if there is no answer
	 */
	OriginResponse fetch(HttpExchange exchange, String target) throws UnavailableException, InterruptedException {
		try {
			HttpRequest.Builder request = HttpRequest.newBuilder(uri(target)).timeout(READ_TIMEOUT);
			ForwardedHeaders.toOrigin(exchange).forEach((name, values) -> {
				values.forEach((value) -> request.header(name, value));
			});
			byte[] body = exchange.getRequestBody().readAllBytes();
			request.method(exchange.getRequestMethod(),
					(body.length > 0) ? BodyPublishers.ofByteArray(body) : BodyPublishers.noBody());
			HttpResponse<byte[]> response = this.client.send(request.build(), BodyHandlers.ofByteArray());
			return new OriginResponse(response.statusCode(),
					ForwardedHeaders.toViewer(response.headers().map(), exchange.getRequestMethod()), response.body());
		}
		catch (IOException | RuntimeException ex) {
			logger.warn("The origin did not answer {} {}: {}", exchange.getRequestMethod(), target, ex.toString());
			throw new UnavailableException((ex instanceof HttpTimeoutException) ? 504 : 502, ex);
		}
	}

	private URI uri(String target) {
		Supplier<URI> address = this.address;
		if (address == null) {
			throw new IllegalStateException("The edge has no origin. Set one with origin(URI).");
		}
		URI origin = address.get();
		String path = origin.getRawPath();
		if (path != null && !path.isEmpty() && !path.equals("/")) {
			throw new IllegalStateException("The origin '%s' must have no path".formatted(origin));
		}
		return URI.create(origin.getScheme() + "://" + origin.getRawAuthority() + target);
	}

	/**
	 * The origin gave no answer: what the viewer gets instead.
	 */
	static final class UnavailableException extends Exception {

		private static final long serialVersionUID = 1L;

		private final int status;

		UnavailableException(int status, Throwable cause) {
			super(cause);
			this.status = status;
		}

		OriginResponse response() {
			Throwable cause = getCause();
			String text = "The origin could not be reached: " + cause + "\n";
			return new OriginResponse(this.status, Map.of("Content-Type", List.of("text/plain;charset=UTF-8")),
					text.getBytes(StandardCharsets.UTF_8));
		}

	}

}
